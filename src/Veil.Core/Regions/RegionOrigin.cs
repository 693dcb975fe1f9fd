namespace Veil.Regions;

/// <summary>Who said that a region is there.</summary>
public enum RegionSource
{
    /// <summary>A detector.</summary>
    Detector,

    /// <summary>A dataset's annotation.</summary>
    Annotation,

    /// <summary>A person who drew or moved it.</summary>
    Hand,

    /// <summary>The request itself: the whole picture.</summary>
    Request,

    /// <summary>Neighbouring frames: filled in where nothing was detected.</summary>
    Track,
}

/// <summary>Where a region comes from.</summary>
/// <param name="Source">Kind of source.</param>
/// <param name="Name">Which one, e.g. the detector's id; empty when the source alone says it.</param>
public sealed record RegionOrigin(RegionSource Source, string Name = "");
