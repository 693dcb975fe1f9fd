using Veil.Engine.Runs;

namespace Veil.Studio.Projects;

/// <summary>Which frames a film's methods have to see before one, so that it comes out as when the whole film is written.</summary>
/// <param name="Begun">Frames apart from each other, in order: those in which tracks of the frame are covered for the first time.</param>
/// <param name="Row">So many frames just before it, after those.</param>
internal sealed record FilmHistory(IReadOnlyList<int> Begun, int Row)
{
    /// <summary>Frames just before. More than nine tenths of what is held steady over a film is settled by them.</summary>
    public const int MostRow = 24;

    // Looking up the first frames of a whole crowd would take longer than anybody waits; the largest matter most.
    private const int MostTracks = 12;

    /// <summary>Of a frame.</summary>
    /// <param name="item">The film's regions.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="memory">What is remembered.</param>
    public static FilmHistory Of(ReviewedItem item, int frame, FilmMemory memory)
    {
        if (memory == FilmMemory.Nothing)
        {
            return new([], 0);
        }

        var row = memory == FilmMemory.LastFrames ? Math.Min(MostRow, frame) : 0;
        var wanted = item.Frames[frame].Regions.Where(region => region.IsCovered && region.Region.Track is not null)
            .OrderByDescending(region => region.Region.Box.Area).Take(MostTracks).Select(region => region.Region.Track!.Value).ToHashSet();
        var (begun, last) = (new SortedSet<int>(), frame - row);
        for (var index = 0; index < last && wanted.Count > 0; index++)
        {
            if (wanted.RemoveWhere(track => item.Frames[index].Regions.Any(region => region.IsCovered && region.Region.Track == track)) > 0)
            {
                begun.Add(index);
            }
        }

        return new([.. begun], row);
    }
}
