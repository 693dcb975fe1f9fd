namespace Veil.Regions;

/// <summary>Which pixels of a grown box are covered.</summary>
public enum RegionShape
{
    /// <summary>The ellipse inscribed in the grown box. From a growth of 0.21 on it contains the detected box entirely.</summary>
    Ellipse,

    /// <summary>The whole grown box.</summary>
    Box,

    /// <summary>The region's own mask or outline, grown alike; <see cref="RegionPolicy.Otherwise"/> where it has none.</summary>
    Outline,

    /// <summary>
    /// The contour of a face from jaw to forehead (<see cref="FacePoints.Outline"/>), grown alike; the ellipse where it is not
    /// known, or does not cover the five points that the detector gave.
    /// </summary>
    Face,
}
