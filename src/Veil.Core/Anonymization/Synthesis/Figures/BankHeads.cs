using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.InteropServices;
using Veil.Imaging;
using Veil.Kernels;

namespace Veil.Anonymization.Synthesis.Figures;

/// <summary>Heads with hair, cut out of generated portraits. Each is cut when it is needed first, and kept. Thread-safe.</summary>
/// <param name="bank">One or more.</param>
/// <param name="parser">Tells hair and skin from the background.</param>
internal sealed class BankHeads(IReadOnlyList<GeneratedFace> bank, PersonParser parser)
{
    /// <summary>How far under the chin a neck goes on, and hair beside it, in heads.</summary>
    private const float Neck = 0.16f;

    /// <summary>Over how much of the way from its middle to its rim a head fades: what the portrait cuts off is rounded, without a hard edge.</summary>
    private const float Fade = 0.12f;

    // As many heads as are kept in memory, at most.
    private const int MostHeads = 48;

    private readonly ConcurrentDictionary<int, CutHead> _cut = [];

    /// <summary>A head by chance.</summary>
    public CutHead Choose(ref SplitMix64 random) => _cut.GetOrAdd(random.Below(Math.Min(bank.Count, MostHeads)), Cut);

    private CutHead Cut(int index)
    {
        var (picture, face) = (bank[index].Picture, bank[index].Face);
        var points = face.Landmarks ?? face.Points!.ToLandmarks();
        var place = HeadPlace.Of(points);
        var parts = parser(picture, picture.Bounds);
        var head = new PixelBuffer(picture.Width, picture.Height, PixelFormat.Rgba32);
        var cover = new byte[picture.Width * picture.Height];
        var (skin, hair) = (default(Vector4), default(Vector4));
        for (var y = 0; y < picture.Height; y++)
        {
            var pixels = MemoryMarshal.Cast<byte, Rgb>(picture.Row(y));
            for (var x = 0; x < picture.Width; x++)
            {
                var (part, colour) = (parts[x, y], new Vector3(pixels[x].R, pixels[x].G, pixels[x].B));
                skin += part == PersonPart.FaceSkin ? new Vector4(colour, 1) : default;
                hair += part == PersonPart.Hair ? new Vector4(colour, 1) : default;
                if (part is PersonPart.Hair or PersonPart.FaceSkin or PersonPart.Other or PersonPart.BodySkin)
                {
                    // Below the chin a head gives way to the figure's own neck.
                    var below = (Vector2.Dot(place.Middle - new Vector2(x + 0.5f, y + 0.5f), place.Up) / place.Size) - 0.42f;
                    var share = Math.Clamp(1 - (below / Neck), 0, 1) * Math.Clamp((1 - Rim(place, picture, x, y)) / Fade, 0, 1);
                    cover[(y * picture.Width) + x] = (byte)(share * byte.MaxValue);
                }
            }
        }

        var soft = new byte[cover.Length];
        BoxBlur.Apply(cover, picture.Width, soft, picture.Width, picture.Width, picture.Height, 1, 3);
        for (var y = 0; y < picture.Height; y++)
        {
            var from = picture.Row(y);
            var to = head.Row(y);
            for (var x = 0; x < picture.Width; x++)
            {
                // Premultiplied, as resampling wants it. Rims take less than the blur says, or background would shine through.
                var alpha = Math.Min(soft[(y * picture.Width) + x], cover[(y * picture.Width) + x]);
                for (var c = 0; c < 3; c++)
                {
                    to[(x * 4) + c] = (byte)(((from[(x * 3) + c] * alpha) + 127) / byte.MaxValue);
                }

                to[(x * 4) + 3] = alpha;
            }
        }

        var own = skin.W > 0 ? Mean(skin) : new Vector3(190, 150, 128);
        return new CutHead(head, points, own, hair.W > 0 ? Mean(hair) : own * 0.4f);
    }

    /// <summary>How far from the middle of a head a pixel is, as a share of the way to an oval around as much hair as the portrait shows.</summary>
    private static float Rim(HeadPlace place, PixelBuffer picture, int x, int y)
    {
        var side = x < place.Middle.X ? place.Middle.X : picture.Width - place.Middle.X;
        var (u, v) = ((x + 0.5f - place.Middle.X) / Math.Clamp(side, 1, 0.7f * place.Size), (y + 0.5f - place.Middle.Y) / (y < place.Middle.Y ? Math.Clamp(place.Middle.Y, 1, 0.85f * place.Size) : 0.85f * place.Size));
        return MathF.Sqrt((u * u) + (v * v));
    }

    private static Vector3 Mean(Vector4 sum) => new Vector3(sum.X, sum.Y, sum.Z) / sum.W;
}
