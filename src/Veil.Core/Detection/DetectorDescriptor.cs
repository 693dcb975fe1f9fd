using Veil.Regions;

namespace Veil.Detection;

/// <summary>All that the rest of Veil knows about a detector before it is loaded.</summary>
/// <param name="Id">Name on the command line; lower case.</param>
/// <param name="Summary">One line.</param>
/// <param name="Kinds">What it finds.</param>
/// <param name="Models">Ids of the model files it needs (see the model manifest); empty when none.</param>
/// <param name="Create">Loads it. Throws <see cref="Errors.VeilException"/> when a model or native library is missing.</param>
public sealed record DetectorDescriptor(
    string Id, string Summary, IReadOnlyList<RegionKind> Kinds, IReadOnlyList<string> Models, Func<DetectorOptions, IRegionDetector> Create);
