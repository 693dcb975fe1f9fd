using Veil.Regions;
using Veil.Studio.Projects;

namespace Veil.Studio.Editing;

/// <summary>What becomes of a region when a hand puts it elsewhere.</summary>
internal static class Placement
{
    /// <summary>Shortest side of a region, pixels: anything smaller was not meant.</summary>
    public const float ShortestSide = 1;

    /// <summary>The part of a box in the picture; null where it is too small to mean anything, or not a box.</summary>
    public static Box? Within(ReviewedItem item, Box box)
    {
        var inside = box.Intersect(new Box(0, 0, item.Width, item.Height));
        return inside.Width >= ShortestSide && inside.Height >= ShortestSide ? inside : null;
    }

    /// <summary>
    /// A region in another box. Points, masks and contours told where something was in the old one, so they are dropped, and the
    /// whole box is covered. A person who was known there stays clear no longer: nobody has looked who is in the new place.
    /// </summary>
    public static ReviewedRegion Placed(ReviewedRegion region, Box box)
    {
        var placed = WithoutDetail(region.Region with { Box = box }).Rounded();
        return placed.Box == region.Region.Box ? region : region with
        {
            Region = placed with { Person = null },
            Cover = region.Cover == CoverChoice.ClearByPerson ? CoverChoice.Covered : region.Cover,
        };
    }

    /// <summary>A region that is described by its box alone, and that a hand answers for.</summary>
    public static Region WithoutDetail(Region region) => region with
    {
        Score = 1,
        Origin = HandledOrigin(region.Origin),
        Landmarks = null,
        Points = null,
        Outline = [],
        Mask = null,
        Found = null,
        Occluder = null,
        Reference = null,
    };

    /// <summary>Whether a region exists only because somebody drew it.</summary>
    public static bool IsDrawn(this ReviewedRegion region) => region.Region.Origin is { Source: RegionSource.Hand, Name.Length: 0 };

    // A region that was found and then moved bears the name of who found it, so that it is never taken for one that may be deleted.
    private static RegionOrigin HandledOrigin(RegionOrigin origin) => origin.Source == RegionSource.Hand
        ? origin
        : new RegionOrigin(RegionSource.Hand, origin.Name.Length > 0 ? origin.Name : RegionJson.NameOf(origin.Source));
}
