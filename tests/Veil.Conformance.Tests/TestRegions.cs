using System.Collections.Immutable;
using System.Numerics;
using Veil.Regions;

namespace Veil.Conformance.Tests;

/// <summary>Regions of every shape, in a picture of any size: inside, over each border, far outside, and everything.</summary>
public static class TestRegions
{
    public static Region Face(Box box, int? track = null) => new(box, RegionKind.Face, 1, new RegionOrigin(RegionSource.Hand))
    {
        Track = track,
        Landmarks = new FaceLandmarks(
            new Vector2(box.Left + (0.3f * box.Width), box.Top + (0.35f * box.Height)),
            new Vector2(box.Left + (0.7f * box.Width), box.Top + (0.45f * box.Height)),
            new Vector2(box.CenterX, box.CenterY),
            new Vector2(box.Left + (0.35f * box.Width), box.Top + (0.7f * box.Height)),
            new Vector2(box.Left + (0.65f * box.Width), box.Top + (0.75f * box.Height))),
    };

    /// <summary>All that touch the picture, as the policy makes them.</summary>
    public static IEnumerable<CoveredRegion> Covered(int width, int height)
    {
        var image = new Region(default, RegionKind.Image, 1, new RegionOrigin(RegionSource.Request));
        var found = from shape in Enum.GetValues<RegionShape>()
                    from softEdge in new[] { 0, 0.2f }
                    from part in shape == RegionShape.Ellipse ? Enum.GetValues<FacePart>() : [FacePart.Whole]
                    let policy = new RegionPolicy { Shape = shape, SoftEdge = softEdge, Part = part }
                    from box in Boxes(width, height)
                    from region in Variants(Face(box))
                    where shape == RegionShape.Outline || region.Outline.IsEmpty && region.Mask is null
                    select policy.Cover(region, width, height);
        return found.Append(new RegionPolicy().Cover(image, width, height)).OfType<CoveredRegion>();
    }

    /// <summary>One soft ellipse over most of the picture.</summary>
    public static CoveredRegion Middle(int width, int height, int? track = null) =>
        new RegionPolicy { SoftEdge = 0.15f }.Cover(
            Face(new Box(width * 0.25f, height * 0.25f, Math.Max(width * 0.7f, 0.5f), Math.Max(height * 0.75f, 0.5f)), track), width, height)!;

    private static IEnumerable<Box> Boxes(int width, int height) =>
    [
        new(width * 0.3f, height * 0.2f, width * 0.7f, height * 0.8f),
        new(-width * 0.4f, -height * 0.3f, width * 0.3f, height * 0.4f),
        new(width * 0.6f, height * 0.7f, width * 1.9f, height * 1.2f),
        new(-width * 2f, height * 0.4f, width * 3f, height * 0.6f),
    ];

    private static IEnumerable<Region> Variants(Region region)
    {
        var box = region.Box;
        ImmutableArray<Vector2> star =
        [
            new(box.Left, box.Top), new(box.CenterX, box.CenterY), new(box.Right, box.Top),
            new(box.Right, box.Bottom), new(box.CenterX, box.Bottom - (0.1f * box.Height)), new(box.Left, box.Bottom),
        ];
        var pixels = box.ToPixels();
        var checks = new byte[pixels.Width * pixels.Height];
        for (var i = 0; i < checks.Length; i += 5)
        {
            checks[i] = 255;
        }

        return [region, region with { Points = DrawnFace.In(box) }, region with { Outline = star }, region with { Mask = new RegionMask(pixels, checks) }];
    }
}
