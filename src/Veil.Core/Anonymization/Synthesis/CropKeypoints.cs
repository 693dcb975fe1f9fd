using System.Collections.Immutable;
using System.Numerics;
using Veil.Anonymization.Faces;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization.Synthesis;

/// <summary>The points that a generator wants to know, in the pixels of a crop; NaN where one is not known.</summary>
internal static class CropKeypoints
{
    /// <summary>The points of a face: eyes, nose, corners of the mouth, the viewer's left first.</summary>
    public const int Face = 5;

    private static readonly Vector2 Unknown = new(float.NaN);

    /// <summary>How many points a generator may want: a face's five, or the first seven (head and shoulders) or all of COCO's seventeen.</summary>
    public static ImmutableArray<int> Counts { get; } = [0, Face, 7, 17];

    /// <summary>The points of somebody.</summary>
    /// <param name="region">A face or head, whose points are known or guessed from its box, or a body, of which Veil knows no points.</param>
    /// <param name="count">One of <see cref="Counts"/>.</param>
    /// <param name="frame">What the crop shows of the picture.</param>
    /// <param name="size">Of the crop.</param>
    public static ImmutableArray<Vector2> Of(Region region, int count, PixelRect frame, PixelSize size)
    {
        if (count == 0 || region.Kind == RegionKind.Body)
        {
            return [.. Enumerable.Repeat(Unknown, count)];
        }

        var scale = new Vector2((float)size.Width / frame.Width, (float)size.Height / frame.Height);
        ImmutableArray<Vector2> five = [.. FaceShape.Of(region).Five.Select(point => (point - new Vector2(frame.Left, frame.Top)) * scale)];

        // COCO begins with the nose and the person's own left eye, which is the viewer's right one.
        return count == Face ? five : [five[2], five[1], five[0], .. Enumerable.Repeat(Unknown, count - 3)];
    }
}
