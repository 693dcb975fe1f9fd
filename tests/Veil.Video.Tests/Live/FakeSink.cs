using Veil.Errors;
using Veil.Video.Live;
using Veil.Video.Planar;

namespace Veil.Video.Tests.Live;

/// <summary>Keeps what goes out, and breaks when a test says so. Thread-safe.</summary>
internal sealed class FakeSink : ILiveSink
{
    private readonly Lock _gate = new();
    private readonly List<byte[]> _frames = [];
    private int _grey;

    public bool Returns { get; set; } = true;

    public LiveSizes Sizes { get; set; }

    /// <summary>The frame at which it breaks, once; negative for never.</summary>
    public int BreaksAt { get; set; } = -1;

    /// <summary>Runs before each frame is taken.</summary>
    public Action? Before { get; set; }

    public int Opened { get; private set; }

    public int Open { get; private set; }

    public bool IsFinished { get; private set; }

    public IReadOnlyList<byte[]> Frames
    {
        get
        {
            lock (_gate)
            {
                return [.. _frames];
            }
        }
    }

    /// <summary>Frames that went out covered whole.</summary>
    public int Grey
    {
        get
        {
            lock (_gate)
            {
                return _grey;
            }
        }
    }

    /// <summary>Frames that went out with their regions covered.</summary>
    public int Shown
    {
        get
        {
            lock (_gate)
            {
                return _frames.Count - _grey;
            }
        }
    }

    /// <summary>Says what is wrong with a frame that goes out; null for nothing.</summary>
    public Func<byte[], string?> Check { get; set; } = _ => null;

    public List<string> Wrong { get; } = [];

    ILiveOutput ILiveSink.Open(PlanarGeometry geometry)
    {
        lock (_gate)
        {
            Opened++;
            Open++;
        }

        return new Output(this);
    }

    public void Dispose()
    {
    }

    private sealed class Output(FakeSink sink) : ILiveOutput
    {
        private readonly ManualResetEventSlim _aborted = new();
        private bool _disposed;

        public void Write(ReadOnlySpan<byte> samples, long pts)
        {
            sink.Before?.Invoke();
            if (_aborted.IsSet)
            {
                throw new VeilException(VeilErrorCode.UnwritableOutput, "aborted");
            }

            lock (sink._gate)
            {
                if (sink._frames.Count == sink.BreaksAt)
                {
                    sink.BreaksAt = -1;
                    throw new VeilException(VeilErrorCode.UnwritableOutput, "broken pipe");
                }

                sink._frames.Add(samples.ToArray());
                sink._grey += MarkedFrames.IsGrey(samples) ? 1 : 0;
                if (sink.Check(sink._frames[^1]) is { } wrong)
                {
                    sink.Wrong.Add(wrong);
                }
            }
        }

        public void Finish() => sink.IsFinished = true;

        public void Abort() => _aborted.Set();

        public void Dispose()
        {
            lock (sink._gate)
            {
                sink.Open -= _disposed ? 0 : 1;
                _disposed = true;
            }
        }
    }
}
