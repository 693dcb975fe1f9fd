using Veil.Regions;

namespace Veil.Detection;

/// <summary>All that the rest of Veil knows about a segmenter before it is loaded.</summary>
/// <param name="Id">Name on the command line; lower case.</param>
/// <param name="Summary">One line.</param>
/// <param name="Kind">The kind of regions that it is made for.</param>
/// <param name="Models">Ids of the model files it needs (see the model manifest); empty when none.</param>
/// <param name="Create">
/// Loads it; called once per worker, from several threads at once. Throws <see cref="Errors.VeilException"/> when a model or
/// native library is missing.
/// </param>
public sealed record SegmenterDescriptor(
    string Id, string Summary, RegionKind Kind, IReadOnlyList<string> Models, Func<IRegionSegmenter> Create);
