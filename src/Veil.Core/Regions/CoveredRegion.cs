namespace Veil.Regions;

/// <summary>A region after the policy: what a method works on.</summary>
/// <param name="Region">The region with its box (and outline) grown.</param>
/// <param name="Mask">The pixels to cover.</param>
public sealed record CoveredRegion(Region Region, RegionMask Mask);
