namespace Veil.Pipeline;

/// <summary>A file that is being written under a temporary name. Disposing it before <see cref="Complete"/> deletes it.</summary>
public sealed class OutputDraft : IDisposable
{
    private readonly Action<string> _rename;
    private bool _open = true;

    internal OutputDraft(string path, Action<string> rename) => (Path, _rename) = (path, rename);

    /// <summary>The temporary file: there, empty at first, readable by its owner only.</summary>
    public string Path { get; }

    /// <summary>Gives it the target's name, in one step.</summary>
    /// <exception cref="Errors.VeilException"><see cref="Errors.VeilErrorCode.OutputExists"/>, <see cref="Errors.VeilErrorCode.UnwritableOutput"/>.</exception>
    public void Complete()
    {
        _rename(Path);
        _open = false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_open)
        {
            _open = false;
            File.Delete(Path);
        }
    }
}
