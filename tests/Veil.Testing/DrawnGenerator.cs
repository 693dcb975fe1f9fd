using System.Collections.Immutable;
using System.Numerics;
using Veil.Anonymization.Synthesis;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Testing;

/// <summary>
/// A generator without a network: it fills holes with the mean of what is known around them, shaded from the top to the bottom and
/// brighter or darker by the latent, with a dark spot at each keypoint.
/// </summary>
public static class DrawnGenerator
{
    public static CropGenerator Create(int width = 128, int height = 128, int latent = 32, int keypoints = 5) => new()
    {
        Name = "drawn",
        Size = new PixelSize(width, height),
        LatentLength = latent,
        Keypoints = keypoints,
        Paint = Paint,
    };

    public static PixelBuffer Paint(PixelBuffer crop, RegionMask hole, ImmutableArray<float> latent, ImmutableArray<Vector2> keypoints)
    {
        var (sum, count) = (Vector3.Zero, 0);
        for (var y = 0; y < crop.Height; y++)
        {
            var row = crop.Row(y);
            for (var x = 0; x < crop.Width; x++)
            {
                if (hole[x, y] == 0)
                {
                    (sum, count) = (sum + new Vector3(row[x * 3], row[(x * 3) + 1], row[(x * 3) + 2]), count + 1);
                }
            }
        }

        var light = latent.IsEmpty ? 0 : 30 * (latent[0] + (0.2f * latent.Sum()));
        var mean = (count == 0 ? new Vector3(128) : sum / count) + new Vector3(light);
        var painted = crop.Clone();
        for (var y = 0; y < crop.Height; y++)
        {
            var row = painted.Row(y);
            for (var x = 0; x < crop.Width; x++)
            {
                if (hole[x, y] != 0)
                {
                    var spot = keypoints.Any(point => Vector2.Distance(point, new Vector2(x, y)) < crop.Width / 32f);
                    var colour = Vector3.Clamp(spot ? mean / 3 : mean + new Vector3((30f * y / crop.Height) - 15), Vector3.Zero, new Vector3(255));
                    (row[x * 3], row[(x * 3) + 1], row[(x * 3) + 2]) = ((byte)colour.X, (byte)colour.Y, (byte)colour.Z);
                }
            }
        }

        return painted;
    }
}
