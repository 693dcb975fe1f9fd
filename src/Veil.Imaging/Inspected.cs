using Veil.Imaging.Metadata;

namespace Veil.Imaging;

/// <summary>What a picture file holds beside its pixels.</summary>
/// <param name="Format">What it is, by its content.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Traces">What can identify somebody, the gravest first.</param>
public sealed record Inspected(PictureFormat Format, long Bytes, IReadOnlyList<MetadataTrace> Traces);
