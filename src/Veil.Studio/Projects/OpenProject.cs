using Veil.Errors;

namespace Veil.Studio.Projects;

/// <summary>A project and its file. Changes are written at once, but those that follow one another quickly together. Thread-safe.</summary>
/// <param name="path">The file.</param>
/// <param name="project">The project as it is there.</param>
internal sealed class OpenProject(string path, Project project)
{
    // Below this, writing costs less than waiting.
    private const int FewItems = 50;
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(400);

    private readonly Lock _gate = new();
    private Project _project = project;
    private long _written;
    private bool _pending;
    private bool _closed;

    /// <summary>As it is.</summary>
    public Project Value => Volatile.Read(ref _project);

    /// <summary>Changes it.</summary>
    /// <exception cref="VeilException">It is damaged, or cannot be written.</exception>
    public Project Change(Func<Project, Project> change)
    {
        lock (_gate)
        {
            if (_project.Damage is { } damage)
            {
                throw new VeilException(VeilErrorCode.UnreadableInput, damage.Message, damage.Hint);
            }

            var changed = change(_project);
            var soon = changed.Items.Count > FewItems && Environment.TickCount64 - _written < Together.TotalMilliseconds;
            Volatile.Write(ref _project, changed);
            if (!soon)
            {
                Write();
            }
            else if (!_pending)
            {
                _pending = true;
                _ = FlushLaterAsync();
            }

            return changed;
        }
    }

    /// <summary>Writes what was not written yet.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (_pending)
            {
                Write();
            }
        }
    }

    /// <summary>Writes nothing any more: the project is deleted.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
        }
    }

    private async Task FlushLaterAsync()
    {
        await Task.Delay(Together).ConfigureAwait(false);
        Flush();
    }

    private void Write()
    {
        _pending = false;
        if (_closed)
        {
            return;
        }

        try
        {
            PrivateFile.Write(path, file => ProjectDocument.Write(file, _project));
            _written = Environment.TickCount64;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, "The project cannot be written down: " + error.Message, "Check that there is room on the disk.", error);
        }
    }
}
