using System.Collections.Immutable;
using System.Numerics;

namespace Veil.Regions;

/// <summary>
/// Dense points of one face, whatever their layout: contours of the face, eyes and mouth, in pixel-edge coordinates of the
/// upright picture. Left and right are the viewer's, as in <see cref="FaceLandmarks"/>. Immutable.
/// </summary>
public sealed record FacePoints
{
    private readonly FacePointIndices _indices;

    /// <summary>Wraps the points of a landmark model.</summary>
    /// <param name="layout">Their order.</param>
    /// <param name="points">As many as the layout has.</param>
    /// <exception cref="ArgumentException">Another number of points.</exception>
    public FacePoints(FacePointLayout layout, ImmutableArray<Vector2> points)
    {
        _indices = FacePointIndices.Of(layout);
        if (points.IsDefault || points.Length != _indices.Count)
        {
            throw new ArgumentException($"Expected {_indices.Count} points for {layout}, but received {(points.IsDefault ? 0 : points.Length)}.", nameof(points));
        }

        (Layout, Points) = (layout, points);
    }

    /// <summary>Order of <see cref="Points"/>.</summary>
    public FacePointLayout Layout { get; }

    /// <summary>All points.</summary>
    public ImmutableArray<Vector2> Points { get; }

    /// <summary>Closed contour of the eye on the viewer's left.</summary>
    public ImmutableArray<Vector2> LeftEye => Pick(_indices.LeftEye);

    /// <summary>Closed contour of the eye on the viewer's right.</summary>
    public ImmutableArray<Vector2> RightEye => Pick(_indices.RightEye);

    /// <summary>Brow on the viewer's left, from outside to inside.</summary>
    public ImmutableArray<Vector2> LeftBrow => Pick(_indices.LeftBrow);

    /// <summary>Brow on the viewer's right, from inside to outside.</summary>
    public ImmutableArray<Vector2> RightBrow => Pick(_indices.RightBrow);

    /// <summary>Closed outer contour of the lips.</summary>
    public ImmutableArray<Vector2> Lips => Pick(_indices.Lips);

    /// <summary>Open contour from ear to ear over the chin, from the viewer's left.</summary>
    public ImmutableArray<Vector2> Jaw => Pick(_indices.Jaw);

    /// <summary>The five points that alignment needs: centres of the eyes, tip of the nose, corners of the mouth.</summary>
    public FaceLandmarks ToLandmarks() => new(
        Mean(_indices.LeftEye), Mean(_indices.RightEye), Points[_indices.NoseTip], Points[_indices.LeftMouth], Points[_indices.RightMouth]);

    /// <summary>Each point changed alike.</summary>
    public FacePoints Map(Func<Vector2, Vector2> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return new FacePoints(Layout, [.. Points.Select(map)]);
    }

    private ImmutableArray<Vector2> Pick(ImmutableArray<int> indices) => [.. indices.Select(index => Points[index])];

    private Vector2 Mean(ImmutableArray<int> indices)
    {
        var sum = Vector2.Zero;
        foreach (var index in indices)
        {
            sum += Points[index];
        }

        return sum / indices.Length;
    }
}
