using System.Numerics;
using Veil.Regions;

namespace Veil.Tracking;

/// <summary>
/// Face points in frames between two in which they were found: each point on the straight line from one to the other. What
/// follows them, a contour or a drawn face, would change its shape with every second frame if it went without.
/// </summary>
internal static class TrackPoints
{
    // Points farther from each other than this share of the face's longer side, with its movement taken out, are not one face's from one
    // moment to the next: one of the two is upside down, or somebody else's, and what lies between them covers nobody.
    private const float MostChange = 0.06f;

    /// <summary>The five points; null where they are not known on both sides.</summary>
    /// <param name="track">The face.</param>
    /// <param name="frame">A frame with a place.</param>
    /// <param name="longest">How many frames may lie between the two.</param>
    public static FaceLandmarks? Landmarks(Track track, int frame, int longest)
    {
        if (track.Around(frame, longest, static region => region.Landmarks is not null) is not var (before, after))
        {
            return null;
        }

        var (from, to, share) = (before.Region.Landmarks!, after.Region.Landmarks!, Share(before.Frame, frame, after.Frame));
        return new FaceLandmarks(
            Vector2.Lerp(from.LeftEye, to.LeftEye, share), Vector2.Lerp(from.RightEye, to.RightEye, share), Vector2.Lerp(from.Nose, to.Nose, share),
            Vector2.Lerp(from.LeftMouth, to.LeftMouth, share), Vector2.Lerp(from.RightMouth, to.RightMouth, share));
    }

    /// <summary>The dense points; null where they are not known on both sides, or do not fit the face's place.</summary>
    /// <param name="track">The face.</param>
    /// <param name="frame">A frame with a place.</param>
    /// <param name="longest">How many frames may lie between the two.</param>
    /// <param name="face">The face in the frame.</param>
    public static FacePoints? Dense(Track track, int frame, int longest, Region face)
    {
        if (track.Around(frame, longest, static region => region.Points is not null) is not var (before, after))
        {
            return null;
        }

        var (from, to, share) = (before.Region.Points!, after.Region.Points!, Share(before.Frame, frame, after.Frame));
        if (from.Layout != to.Layout || Change(from, to) > MostChange * face.Box.LongSide)
        {
            return null;
        }

        var points = new FacePoints(from.Layout, [.. from.Points.Zip(to.Points, (a, b) => Vector2.Lerp(a, b, share))]);
        return points.Fits(face) ? points : null;
    }

    private static float Change(FacePoints from, FacePoints to)
    {
        var moved = to.Points.Zip(from.Points, (b, a) => b - a).ToList();
        var mean = moved.Aggregate(Vector2.Zero, (sum, way) => sum + way) / moved.Count;
        return moved.Average(way => (way - mean).Length());
    }

    private static float Share(int from, int frame, int to) => to == from ? 0 : (frame - from) / (float)(to - from);
}
