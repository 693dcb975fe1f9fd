using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Onnx.Generation;

/// <summary>
/// Makes the faces of a bank: generates them and finds their points. Not thread-safe. The generator puts all faces
/// in one place, as its training pictures were aligned, so that no detector is needed.
/// </summary>
/// <param name="generator">Makes faces; stays the caller's.</param>
/// <param name="locate">Finds the dense points of the face in a region of a picture; null where there is none.</param>
public sealed class FaceMaker(FaceGenerator generator, Func<PixelBuffer, Region, FacePoints?> locate)
{
    /// <summary>Where the generator puts faces, pixels: the median of what RetinaFace finds in 1,500 of them.</summary>
    private static readonly Region Usual = new(new Box(13, 2, 116, 132), RegionKind.Face, 1, new RegionOrigin(RegionSource.Detector));

    /// <summary>Makes one face.</summary>
    /// <param name="source">Its latent.</param>
    /// <exception cref="VeilException">A network failed.</exception>
    public MadeFace Make(FaceSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var picture = generator.Generate(source.Latent.Span);
        try
        {
            return new MadeFace(picture, Locate(picture));
        }
        catch
        {
            picture.Dispose();
            throw;
        }
    }

    // The second look is centred on what the first one found, as it would be on a detector's box.
    private FacePoints? Locate(PixelBuffer face) => locate(face, Usual) is { } first
        ? locate(face, Usual with { Box = Box.Around(first.Outline), Landmarks = first.ToLandmarks() })
        : null;
}
