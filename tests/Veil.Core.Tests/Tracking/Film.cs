using Veil.Imaging;
using Veil.Regions;
using Veil.Tracking;

namespace Veil.Tests.Tracking;

/// <summary>Films of textured patches over a textured ground: what a tracker has to follow, with the truth known.</summary>
internal sealed class Film(int width, int height, int side)
{
    public const int Length = 60;
    private readonly byte[] _patch = Texture(side * side, 7);
    private readonly byte[][] _grounds = [Texture(width * height, 1), Texture(width * height, 2)];

    /// <summary>Where the patch is; it moves two pixels a frame.</summary>
    public Box Place(int frame) => Box.FromSize(10 + (2 * frame), 20, side, side);

    public LumaPyramid Frame(int frame, bool withPatch = true, int ground = 0)
    {
        using var luma = new PixelBuffer(width, height, PixelFormat.Gray8);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                // The two shots differ in light as well.
                luma.Row(y)[x] = (byte)((_grounds[ground][((y / 16) * width) + (x / 16)] / 2) + (ground * 120));
            }
        }

        if (withPatch)
        {
            var (left, top) = ((int)Place(frame).Left, (int)Place(frame).Top);
            for (var y = 0; y < side; y++)
            {
                for (var x = 0; x < side; x++)
                {
                    luma.Row(top + y)[left + x] = _patch[((y / 4) * side) + (x / 4)];
                }
            }
        }

        return LumaPyramid.Of(luma, 1);
    }

    public Region Found(int frame, float shift = 0, float score = 0.9f) =>
        new(Place(frame).Offset(shift, 0), RegionKind.Face, score, new RegionOrigin(RegionSource.Detector, "test"));

    /// <summary>Runs a film through a tracker.</summary>
    /// <param name="policy">How regions are carried.</param>
    /// <param name="detect">What is found in a frame; null where nobody looks.</param>
    /// <param name="picture">The frames.</param>
    /// <param name="length">How many.</param>
    public static List<IReadOnlyList<Region>> Track(
        TrackingPolicy policy, Func<int, IReadOnlyList<Region>?> detect, Func<int, LumaPyramid> picture, int length = Length)
    {
        var tracker = new RegionTracker(policy);
        List<IReadOnlyList<Region>> taken = [];
        for (var frame = 0; frame < length; frame++)
        {
            tracker.Add(picture(frame), detect(frame));
            Take();
            Assert.InRange(frame + 1 - taken.Count, 0, policy.LookAhead);
        }

        tracker.Complete();
        Take();
        return taken;

        void Take()
        {
            while (tracker.TryTake() is { } regions)
            {
                taken.Add(regions);
            }
        }
    }

    private static byte[] Texture(int count, int seed)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
