using Veil.Pipeline;
using Veil.Studio.Api.Work;

namespace Veil.Studio.Api.Uploads;

/// <summary>
/// The files of one request. Work that goes on after its request was given up holds it, too, so that nothing is deleted under its
/// hands, and nothing stays. Thread-safe.
/// </summary>
/// <param name="path">A folder for its owner alone.</param>
internal sealed class RequestFolder(string path) : IDisposable
{
    private int _holders = 1;

    /// <summary>Where the original lies.</summary>
    public string Original { get; } = Path.Combine(path, "original");

    /// <summary>Where the result is written.</summary>
    public string Result { get; } = Path.Combine(path, "result");

    /// <summary>The original as what is to be worked on.</summary>
    public PlannedItem Planned(AssignedWork work) =>
        new(new MediaItem(Original, Path.GetFileName(Original), MediaItemOrigin.Named), work == AssignedWork.Anonymize ? Result : null);

    /// <summary>Holds it once more; each holder disposes.</summary>
    public RequestFolder Hold()
    {
        Interlocked.Increment(ref _holders);
        return this;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            PrivateFolder.Delete(path);
        }
    }
}
