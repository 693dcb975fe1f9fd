using System.Security.Cryptography;
using Veil.Errors;
using Veil.Regions;

namespace Veil.Engine.Runs;

/// <summary>A regions document that was read from a file.</summary>
/// <param name="Document">What it says.</param>
/// <param name="Sha256">Hash of the file, lower-case hexadecimal.</param>
internal sealed record RegionsFile(RegionsDocument Document, string Sha256)
{
    /// <summary>Every region of every frame.</summary>
    public IEnumerable<Region> Regions => Document.Timelines.SelectMany(timeline => timeline.Frames).SelectMany(frame => frame.Regions);

    /// <summary>The kinds of its regions; faces where it has none.</summary>
    public IReadOnlyList<RegionKind> Kinds => RegionKinds.InOrder(Regions.Select(region => region.Kind)) is { Count: > 0 } kinds ? kinds : [RegionKind.Face];

    /// <summary>Reads a file.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidRegions"/>: it cannot be read or understood.</exception>
    public static RegionsFile Read(FileInfo file)
    {
        try
        {
            using var stream = file.OpenRead();
            var document = RegionsDocumentReader.Read(stream);
            stream.Position = 0;
            return new RegionsFile(document, Convert.ToHexStringLower(SHA256.HashData(stream)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.InvalidRegions, $"The regions file '{file}' cannot be read: {error.Message}", "", error);
        }
    }
}
