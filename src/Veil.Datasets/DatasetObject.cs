using System.Collections.Immutable;
using Veil.Datasets.Masks;
using Veil.Regions;

namespace Veil.Datasets;

/// <summary>One annotated thing. Immutable.</summary>
/// <param name="Category">What it is.</param>
/// <param name="Box">Where, in pixel-edge coordinates of the upright picture, whatever the format's own convention.</param>
/// <param name="Place">Where it is annotated.</param>
public sealed record DatasetObject(DatasetCategory Category, Box Box, DatasetPlace Place)
{
    /// <summary>The annotation's own id, where the format has ids.</summary>
    public string? Id { get; init; }

    /// <summary>Outlines, each of three or more corners in pixel-edge coordinates; together they are the object. Empty where there are none.</summary>
    public ImmutableArray<Polygon> Polygons { get; init; } = [];

    /// <summary>A mask of the whole picture, where the format gives one.</summary>
    public RunLengthMask? Mask { get; init; }

    /// <summary>Body points, in the order of <see cref="KeypointSkeleton"/>; empty where there are none.</summary>
    public ImmutableArray<Keypoint> Keypoints { get; init; } = [];

    /// <summary>Area that the annotation states, square pixels; null where it states none. COCO's measures tell small objects from large by it.</summary>
    public double? Area { get; init; }

    /// <summary>Many of them in one: COCO's <c>iscrowd</c>, Cityscapes' <c>…group</c>, BDD's <c>crowd</c>.</summary>
    public bool IsCrowd { get; init; }

    /// <summary>To be left out of measurements (ignored, deleted, difficult); it may still show somebody.</summary>
    public bool IsIgnored { get; init; }

    /// <summary>What else the format says of it, in its own words.</summary>
    public ImmutableSortedDictionary<string, string> Attributes { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
