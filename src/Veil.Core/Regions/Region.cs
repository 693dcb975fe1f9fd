using System.Collections.Immutable;
using System.Numerics;

namespace Veil.Regions;

/// <summary>Something to anonymize. Immutable.</summary>
/// <param name="Box">Where, in pixel-edge coordinates of the upright picture; may reach over its border.</param>
/// <param name="Kind">What.</param>
/// <param name="Score">Confidence, 0..1; 1 for annotations and regions drawn by hand.</param>
/// <param name="Origin">Who said so.</param>
public sealed record Region(Box Box, RegionKind Kind, float Score, RegionOrigin Origin)
{
    /// <summary>The five face points, when a detector gave them.</summary>
    public FaceLandmarks? Landmarks { get; init; }

    /// <summary>Dense face points, when a landmark model gave them.</summary>
    public FacePoints? Points { get; init; }

    /// <summary>A polygon (three or more points, pixel-edge coordinates, even–odd rule) that outlines it more closely than the box.</summary>
    public ImmutableArray<Vector2> Outline { get; init; } = [];

    /// <summary>A pixel mask, when the source gave one.</summary>
    public RegionMask? Mask { get; init; }

    /// <summary>
    /// The box as it was found, where <see cref="Box"/> has grown since to what is covered: what shows around a face or body is
    /// measured in it. Never stored.
    /// </summary>
    public Box? Found { get; init; }

    /// <summary>
    /// What surely shows something in front of the face, hair or a hat: 255 where it stays, 1..254 on the way there. The contour of a face
    /// (<see cref="RegionShape.Face"/>) is covered without it, every other shape with it. Known for the picture it was made from alone: never stored.
    /// </summary>
    public RegionMask? Occluder { get; init; }

    /// <summary>
    /// What relative lengths and grids refer to where that is not the box: in a film, a box around the same place whose size
    /// stays while the region's trembles, so that a method's cells neither move nor change from frame to frame.
    /// </summary>
    public Box? Reference { get; init; }

    /// <summary>The same number in every frame of a film that shows the same person.</summary>
    public int? Track { get; init; }

    /// <summary>The same number in every picture of a run that shows the same person, where people were told apart.</summary>
    public int? Person { get; init; }

    /// <summary>
    /// The same with coordinates of box and points in hundredths of a pixel, as regions are stored: covered with these, a
    /// picture gets the same bytes now as later from the stored ones.
    /// </summary>
    public Region Rounded() => this with
    {
        Box = Rounded(Box),
        Reference = Reference is { } reference ? Rounded(reference) : null,
        Landmarks = Landmarks?.Map(Rounded),
        Points = Points?.Map(Rounded),
        Outline = [.. Outline.Select(Rounded)],
    };

    private static Box Rounded(Box box) => new(RegionJson.Rounded(box.Left), RegionJson.Rounded(box.Top), RegionJson.Rounded(box.Right), RegionJson.Rounded(box.Bottom));

    private static Vector2 Rounded(Vector2 point) => new(RegionJson.Rounded(point.X), RegionJson.Rounded(point.Y));
}
