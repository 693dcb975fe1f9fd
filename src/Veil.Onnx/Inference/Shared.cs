namespace Veil.Onnx.Inference;

/// <summary>
/// A model that several detectors hold at once: it is loaded by the first and freed with the last. Thread-safe.
/// </summary>
/// <typeparam name="T">What is held.</typeparam>
/// <param name="load">Loads it.</param>
internal sealed class Shared<T>(Func<T> load)
    where T : class, IDisposable
{
    private readonly Lock _lock = new();
    private T? _value;
    private int _holders;

    /// <summary>The value; call <see cref="Release"/> once for each call that returned.</summary>
    public T Acquire()
    {
        lock (_lock)
        {
            _value ??= load();
            _holders++;
            return _value;
        }
    }

    /// <summary>Gives back what <see cref="Acquire"/> gave.</summary>
    public void Release()
    {
        lock (_lock)
        {
            if (--_holders == 0)
            {
                _value?.Dispose();
                _value = null;
            }
        }
    }
}
