using Veil.Identity;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Studio.Projects.People;

/// <summary>Reads every face of a film while its regions are found, so that it need not be gone through again to choose who stays clear. For one film.</summary>
/// <param name="people">Judges faces.</param>
/// <param name="sampler">Takes a few of what is read.</param>
internal sealed class FilmJudge(PersonChooser people, FaceSampler sampler) : IFrameObserver
{
    private readonly FilmVerdicts _verdicts = new(people);
    private readonly List<(int Index, TimeSpan Time)> _frames = [];

    /// <inheritdoc/>
    public void Found(MediaItem item, Frame frame, IReadOnlyList<Region> regions)
    {
        var read = people.Read(frame, regions, CancellationToken.None);
        sampler.Take(frame, read);
        _verdicts.Add(read);
        _frames.Add((frame.Index, frame.Timestamp));
    }

    /// <summary>Who stays clear in each frame, when all are known.</summary>
    /// <param name="reach">How many frames on each side speak for one.</param>
    public IReadOnlyList<FrameRegions> Decide(int reach) => [.. _frames.Select((frame, at) =>
    {
        var choice = _verdicts.Decide(at, reach);
        return new FrameRegions(frame.Index, frame.Time, choice.Hidden) { Clear = choice.Clear };
    })];

    /// <inheritdoc/>
    public void Before(MediaItem item, Frame frame, IReadOnlyList<CoveredRegion> covered)
    {
    }

    /// <inheritdoc/>
    public void After(MediaItem item, Frame frame)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
