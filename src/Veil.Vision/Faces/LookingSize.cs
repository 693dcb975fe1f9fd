using Veil.Vision.Native;

namespace Veil.Vision.Faces;

/// <summary>
/// The size at which a detector looks at a picture: enlarged twofold a few times, but never to more than a number of
/// pixels, since its memory grows with them; larger pictures are reduced to that number.
/// </summary>
/// <param name="Doublings">0..4.</param>
/// <param name="Megapixels">Above 0.</param>
internal readonly record struct LookingSize(int Doublings, float Megapixels)
{
    private const double Million = 1e6;

    private long MostPixels => Math.Max(1, (long)(Megapixels * Million));

    public NativeScaling ToNative() => new(MostPixels, Doublings);

    /// <summary>By how much a picture may be reduced before, which is not more than it would be anyway: 1, 2, 4 or 8.</summary>
    public int Reduction(int width, int height)
    {
        var surplus = Math.Sqrt((double)width * height / MostPixels);
        return surplus >= 8 ? 8 : surplus >= 4 ? 4 : surplus >= 2 ? 2 : 1;
    }
}
