using Veil.Identity;

namespace Veil.Regions;

/// <summary>The regions of one frame.</summary>
/// <param name="Index">Frame number from 0.</param>
/// <param name="Timestamp">Presentation time from the start; zero for stills.</param>
/// <param name="Regions">What is there and to be covered, as found: not grown.</param>
public sealed record FrameRegions(int Index, TimeSpan Timestamp, IReadOnlyList<Region> Regions)
{
    /// <summary>How its faces were judged, where people were told apart; null where they were not.</summary>
    public PersonCounts? People { get; init; }

    /// <summary>What was found and stays clear, where people were told apart. Never stored with the others: who reads regions covers them.</summary>
    public IReadOnlyList<Region> Clear { get; init; } = [];
}

/// <summary>The regions of one picture or video, frame by frame.</summary>
/// <param name="File">Its name in the run: a path below the inputs, with forward slashes.</param>
/// <param name="Width">Columns of the upright picture, pixels.</param>
/// <param name="Height">Rows of the upright picture, pixels.</param>
/// <param name="Frames">Every frame, in order.</param>
public sealed record RegionTimeline(string File, int Width, int Height, IReadOnlyList<FrameRegions> Frames);

/// <summary>Regions of many pictures: what <c>veil detect</c> writes, a person or the studio edits, and <c>veil apply</c> reads.</summary>
/// <param name="Timelines">One entry per picture.</param>
public sealed record RegionsDocument(IReadOnlyList<RegionTimeline> Timelines);
