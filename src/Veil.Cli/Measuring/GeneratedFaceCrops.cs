using Veil.Anonymization.Methods;
using Veil.Anonymization.Synthesis;
using Veil.Errors;
using Veil.Evaluation.Realism;
using Veil.Evaluation.Reports;
using Veil.Identity;
using Veil.Imaging;
using Veil.Onnx.Models;

namespace Veil.Cli.Measuring;

/// <summary>Generated faces, aligned, that are compared with people.</summary>
/// <param name="Faces">A name for each, and its aligned crop, owned by whoever asks for it.</param>
/// <param name="Input">What they were read from; null for the bank.</param>
/// <param name="Identity">Stands for them in a journal.</param>
internal sealed record GeneratedFaceCrops(IReadOnlyList<(string Name, Func<PixelBuffer> Read)> Faces, MeasuredInput? Input, string Identity)
{
    /// <summary>Every face of the bank that the method <c>synthetic</c> chooses from; made now when it is not on this machine yet.</summary>
    /// <exception cref="VeilException">The bank cannot be made: a model is missing.</exception>
    public static GeneratedFaceCrops OfBank(ModelStore store)
    {
        var bank = Catalogues.Engines(store).GeneratedFaces(LatentSampling.Free, 1);
        return new GeneratedFaceCrops(
            [.. bank.Where(face => face.Face.Landmarks is { } five && FaceAlignment.Of(five) is not null).Select(face => ($"seed {face.Seed}", (Func<PixelBuffer>)(() => Cut(face))))],
            null, $"bank {string.Join(' ', bank.Select(face => face.Seed))}");
    }

    /// <summary>The largest face of each picture of a folder.</summary>
    /// <exception cref="VeilException">There is no such folder, or no face in it.</exception>
    public static GeneratedFaceCrops OfFolder(string folder, RealismFolder reader, CancellationToken cancel)
    {
        var (pictures, _, input) = reader.Read(folder, default, cancel);
        return pictures.Count > 0 ? new GeneratedFaceCrops([.. pictures.Select(picture => (picture.Name, (Func<PixelBuffer>)(() => Cut(picture))))], input, input.Sha256)
            : throw new VeilException(VeilErrorCode.InvalidReference, $"Expected generated faces in '{folder}', but no picture there shows one.");
    }

    private static PixelBuffer Cut(GeneratedFace face)
    {
        var picture = face.Picture;
        using var frame = new Frame(picture.Clone(), 0, TimeSpan.Zero);
        GC.KeepAlive(picture);
        return FaceAlignment.Of(face.Face.Landmarks!)!.Cut(frame, out _);
    }

    private static PixelBuffer Cut(RealismPicture picture)
    {
        using var frame = new Frame(picture.Read(), 0, TimeSpan.Zero);
        return FaceAlignment.Of(picture.Faces.MaxBy(face => face.Box.Area)!.Landmarks!)!.Cut(frame, out _);
    }
}
