using Veil.Imaging;

namespace Veil.Anonymization.Faces;

/// <summary>The average of several faces: of their shapes, and of their pixels bent to that shape.</summary>
/// <param name="Picture">In the square of <see cref="CanonicalFace"/>, looking to the viewer's right if anywhere.</param>
/// <param name="Mirrored">The same, looking to the left.</param>
/// <param name="Look">What faces it suits.</param>
internal sealed record AverageFace(FacePicture Picture, FacePicture Mirrored, FaceLook Look)
{
    /// <summary>Averages faces.</summary>
    /// <param name="members">One or more, from <see cref="CanonicalFace"/>, of the same layout.</param>
    public static AverageFace Of(IReadOnlyList<FacePicture> members)
    {
        var shape = FaceShape.Mean([.. members.Select(member => member.Shape)]);
        const int values = CanonicalFace.Side * CanonicalFace.Side * 3;
        var sums = new int[values];
        using (var bent = new PixelBuffer(CanonicalFace.Side, CanonicalFace.Side, PixelFormat.Rgb24))
        {
            foreach (var member in members)
            {
                FaceWarp.Draw(member, bent, shape, CanonicalFace.Box);
                var pixels = bent.Span;
                for (var i = 0; i < values; i++)
                {
                    sums[i] += pixels[i];
                }
            }
        }

        var mean = new byte[values];
        for (var i = 0; i < values; i++)
        {
            mean[i] = (byte)((sums[i] + (members.Count / 2)) / members.Count);
        }

        var picture = new FacePicture(Wrap(mean), shape);
        using var mirrored = picture.Mirrored();
        return new AverageFace(picture, mirrored with { Pixels = Wrap(mirrored.Pixels.Span.ToArray()) }, LookOf(picture));
    }

    // In memory that is collected: an average lives as long as the method, which nobody disposes.
    private static PixelBuffer Wrap(byte[] pixels) =>
        PixelBuffer.Wrap(pixels, CanonicalFace.Side, CanonicalFace.Side, CanonicalFace.Side * 3, PixelFormat.Rgb24);

    /// <summary>The look of a face in the canonical square.</summary>
    public static FaceLook LookOf(FacePicture face) =>
        FaceLook.Of(face.Shape, FaceBlend.Measure(face.Pixels, CanonicalFace.Box, static (_, _) => true).Mean.X);
}
