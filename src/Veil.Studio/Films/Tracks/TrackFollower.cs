using Veil.Regions;
using Veil.Tracking;
using Veil.Video.Proxies;

namespace Veil.Studio.Films.Tracks;

/// <summary>Follows a box through frames by its looks, as films are tracked when regions are found.</summary>
internal static class TrackFollower
{
    /// <summary>At most so many frames at a time: all of them are kept to be followed backwards, too.</summary>
    public const int MostFrames = 600;

    private const float Reach = 0.5f;
    private const int LumaSide = 960;

    /// <summary>Follows a box.</summary>
    /// <param name="path">The film.</param>
    /// <param name="width">Columns of its frames.</param>
    /// <param name="height">Rows of its frames.</param>
    /// <param name="times">When each of its frames is shown.</param>
    /// <param name="box">Where it is, in full-size pixels.</param>
    /// <param name="from">In which frame.</param>
    /// <param name="to">Up to which frame, before or after; not farther than <see cref="MostFrames"/>.</param>
    /// <param name="cancellationToken">Abandons it.</param>
    /// <returns>Where it was seen; frames from where it was lost on are not among them.</returns>
    public static IReadOnlyDictionary<int, Box> Follow(string path, int width, int height, IReadOnlyList<TimeSpan> times, Box box, int from, int to, CancellationToken cancellationToken)
    {
        var size = ProxySize.For(width, height);
        var (scaleX, scaleY) = ((float)size.Width / width, (float)size.Height / height);
        var first = Math.Min(from, to);
        var frames = Read(path, size, times, first, Math.Abs(to - from) + 1, cancellationToken);
        var (seen, follower, policy, step) = (new Dictionary<int, Box>(), new PatchFollower(), new TrackingPolicy(), Math.Sign(to - from));
        var known = box.Scale(scaleX, scaleY);
        for (var frame = from; frame != to; frame += step)
        {
            var (before, after) = (frames[frame - first], frames[frame + step - first]);
            var match = follower.Follow(before, known, after, known, Reach);
            if (ShotCuts.Between(before, after) || match.Correlation < policy.SameFrom)
            {
                break;
            }

            known = match.Box;
            seen.Add(frame + step, known.Scale(1 / scaleX, 1 / scaleY));
        }

        return seen;
    }

    private static List<LumaPyramid> Read(string path, ProxySize size, IReadOnlyList<TimeSpan> times, int first, int count, CancellationToken cancellationToken)
    {
        var reduction = Math.Max(size.Width, size.Height) > LumaSide ? 2 : 1;
        var frames = new List<LumaPyramid>(count);
        using var excerpt = FilmExcerpt.Open(path, size, times, first, count, cancellationToken);
        while (excerpt.Read(cancellationToken) is { } frame)
        {
            using (frame)
            {
                using var luma = frame.Luma(reduction);
                frames.Add(LumaPyramid.Of(luma, reduction));
            }
        }

        return frames;
    }
}
