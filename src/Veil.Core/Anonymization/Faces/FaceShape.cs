using System.Collections.Immutable;
using System.Numerics;
using Veil.Regions;

namespace Veil.Anonymization.Faces;

/// <summary>
/// Where a face's parts are: its five points, and its contours where they are known. Immutable; coordinates are those of the
/// picture it lies in.
/// </summary>
internal sealed record FaceShape
{
    // Where the five points of an upright face lie in a region's box after the usual growth, as shares of its sides.
    private static readonly ImmutableArray<Vector2> InBox =
        [new(0.375f, 0.44f), new(0.625f, 0.44f), new(0.5f, 0.56f), new(0.405f, 0.67f), new(0.595f, 0.67f)];

    private FaceShape(ImmutableArray<Vector2> five, FacePointLayout? layout, ImmutableArray<Vector2> controls) =>
        (Five, Layout, Controls) = (five, layout, controls);

    /// <summary>Eyes, nose and corners of the mouth, the viewer's left first.</summary>
    public ImmutableArray<Vector2> Five { get; }

    /// <summary>Which contours <see cref="Controls"/> are; null when there are none.</summary>
    public FacePointLayout? Layout { get; }

    /// <summary>The contour points of the layout, in the order of <see cref="FaceControl.Of"/>; empty when there are none.</summary>
    public ImmutableArray<Vector2> Controls { get; }

    /// <summary>
    /// How far the face is turned: the nose's way off the line from eyes to mouth, over that line's length; 0 is frontal,
    /// positive towards the viewer's right, beyond ±0.5 a profile.
    /// </summary>
    public float Yaw => Vector2.Dot(Five[2] - ((Five[0] + Five[1] + Five[3] + Five[4]) / 4), Across) / Length;

    /// <summary>How far down the line from eyes to mouth the nose is, as a share of it: less when looking up.</summary>
    public float Pitch => Vector2.Dot(Five[2] - Eyes, Down) / Length;

    /// <summary>How far the lips are apart in the middle, as a share of <see cref="Length"/>; 0 where contours are not known.</summary>
    public float MouthGap
    {
        get
        {
            if (Layout is not { } layout)
            {
                return 0;
            }

            var (upper, lower) = FaceControl.InnerLips(layout);
            return Vector2.Distance(Controls[upper], Controls[lower]) / Length;
        }
    }

    /// <summary>From the eyes to the mouth, pixels: a size that turning hardly changes.</summary>
    public float Length => Math.Max(1e-3f, (Mouth - Eyes).Length());

    private Vector2 Eyes => (Five[0] + Five[1]) / 2;

    private Vector2 Mouth => (Five[3] + Five[4]) / 2;

    private Vector2 Down => (Mouth - Eyes) / Length;

    private Vector2 Across => new(Down.Y, -Down.X);

    /// <summary>The shape of a region: from its dense points, its five points, or its box, whatever is there and makes sense.</summary>
    public static FaceShape Of(Region region)
    {
        ArgumentNullException.ThrowIfNull(region);
        if (region.Points is { } points && FitsIn(region.Box, FiveOf(points.ToLandmarks())))
        {
            return Of(points);
        }

        return region.Landmarks is { } landmarks && FitsIn(region.Box, FiveOf(landmarks))
            ? new FaceShape(FiveOf(landmarks), null, [])
            : new FaceShape([.. InBox.Select(share => new Vector2(region.Box.Left, region.Box.Top) + (share * new Vector2(region.Box.Width, region.Box.Height)))], null, []);
    }

    /// <summary>The shape of dense points.</summary>
    public static FaceShape Of(FacePoints points) => new(
        FiveOf(points.ToLandmarks()), points.Layout, [.. FaceControl.Of(points.Layout).Select(control => points.Points[control.Index])]);

    /// <summary>The shape of five points.</summary>
    public static FaceShape Of(FaceLandmarks landmarks) => new(FiveOf(landmarks), null, []);

    /// <summary>The mean of shapes of the same layout.</summary>
    public static FaceShape Mean(IReadOnlyList<FaceShape> shapes) => new(
        Mean(shapes, shape => shape.Five), shapes[0].Layout, Mean(shapes, shape => shape.Controls));

    /// <summary>Each point moved alike.</summary>
    public FaceShape Map(Func<Vector2, Vector2> map) => new([.. Five.Select(map)], Layout, [.. Controls.Select(map)]);

    /// <summary>The shape of the same face in a mirrored picture.</summary>
    /// <param name="width">Columns of the picture.</param>
    public FaceShape Mirrored(int width)
    {
        Vector2 Flip(Vector2 point) => new(width - point.X, point.Y);
        var controls = Controls;
        if (Layout is { } layout)
        {
            var order = FaceControl.Of(layout);
            var places = order.Select((control, place) => (control.Index, place)).ToDictionary(pair => pair.Index, pair => pair.place);
            controls = [.. order.Select(control => Flip(Controls[places[control.Mirror]]))];
        }

        return new FaceShape([Flip(Five[1]), Flip(Five[0]), Flip(Five[2]), Flip(Five[4]), Flip(Five[3])], Layout, controls);
    }

    /// <summary>Without contours.</summary>
    public FaceShape Coarse() => Layout is null ? this : new FaceShape(Five, null, []);

    private static ImmutableArray<Vector2> FiveOf(FaceLandmarks points) =>
        [points.LeftEye, points.RightEye, points.Nose, points.LeftMouth, points.RightMouth];

    private static ImmutableArray<Vector2> Mean(IReadOnlyList<FaceShape> shapes, Func<FaceShape, ImmutableArray<Vector2>> points) =>
        [.. Enumerable.Range(0, points(shapes[0]).Length).Select(i => shapes.Aggregate(Vector2.Zero, (sum, shape) => sum + points(shape)[i]) / shapes.Count)];

    // Points that lie elsewhere, or all in one place, are a detector's mistake: the box says more then.
    private static bool FitsIn(Box box, ImmutableArray<Vector2> five)
    {
        var centre = five.Aggregate(Vector2.Zero, (sum, point) => sum + point) / five.Length;
        var spread = MathF.Sqrt(five.Sum(point => (point - centre).LengthSquared()) / five.Length);
        return centre.X > box.Left && centre.X < box.Right && centre.Y > box.Top && centre.Y < box.Bottom
            && spread > 0.06f * box.LongSide && spread < 0.5f * box.LongSide;
    }
}
