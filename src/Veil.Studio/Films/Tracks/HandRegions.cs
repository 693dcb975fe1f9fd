using Veil.Regions;

namespace Veil.Studio.Films.Tracks;

/// <summary>
/// Regions that come from a person's hand, directly or between two places of it. What was known of the shape, i.e. mask, points and outline,
/// belongs to the place where it was found: elsewhere it would leave something bare, so that the box alone counts.
/// </summary>
internal static class HandRegions
{
    /// <summary>Name of the origin of places that follow from keyframes.</summary>
    public const string FromKeyframes = "hand";

    /// <summary>A place that somebody chose.</summary>
    public static Region Keyframe(Region region, Box box) => Moved(region, box) with { Score = 1, Origin = new RegionOrigin(RegionSource.Hand) };

    /// <summary>A place that follows from keyframes.</summary>
    public static Region Following(Region region, Box box) => Moved(region, box) with { Score = 1, Origin = new RegionOrigin(RegionSource.Track, FromKeyframes) };

    /// <summary>The same region elsewhere, or larger, without the shape that it had.</summary>
    public static Region Moved(Region region, Box box) => (region with { Box = box, Landmarks = null, Points = null, Outline = [], Mask = null, Reference = null, Occluder = null, Found = null }).Rounded();

    /// <summary>How a region came to its place.</summary>
    public static PlaceOrigin OriginOf(Region region) => region.Origin switch
    {
        { Source: RegionSource.Hand } => PlaceOrigin.Keyframe,
        { Source: RegionSource.Track, Name: FromKeyframes } => PlaceOrigin.FromKeyframes,
        { Source: RegionSource.Track } => PlaceOrigin.FilledIn,
        _ => PlaceOrigin.Found,
    };
}
