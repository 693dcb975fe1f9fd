using System.Numerics;
using Veil.Anonymization;
using Veil.Evaluation.Privacy;
using Veil.Identity;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Evaluation.Tests.Privacy;

/// <summary>Aligned crops of people who are a few blobs of colour each, always in the same places, in ever new light; and a network that knows them.</summary>
internal static class DrawnPeople
{
    private const int Side = FaceAlignment.Side;

    /// <summary>An archive of aligned crops.</summary>
    public static FaceArchive Archive(int people, int pictures) => new(
        ArchiveLayout.Aligned,
        [.. from person in Enumerable.Range(0, people) from picture in Enumerable.Range(0, pictures) select Face(person, picture)],
        [], []);

    public static ArchiveFace Face(int person, int picture) => new(
        $"{person}/{picture}.png", person,
        new Region(new Box(0, 0, Side, Side), RegionKind.Face, 1, new RegionOrigin(RegionSource.Annotation)) { Landmarks = FaceAlignment.Points }, null, () => Draw(person, picture));

    /// <summary>Recognizes blobs by means of small cells, whatever the light.</summary>
    public static FaceEmbedding? Embed(PixelBuffer aligned)
    {
        const int cells = 14;
        var sums = new float[cells * cells];
        for (var y = 0; y < aligned.Height; y++)
        {
            for (var x = 0; x < aligned.Width; x++)
            {
                sums[(y * cells / aligned.Height * cells) + (x * cells / aligned.Width)] += aligned.Row(y)[(3 * x) + 1];
            }
        }

        var mean = sums.Average();
        return FaceEmbedding.Of([.. sums.Select(sum => sum - mean), 1]);
    }

    public static PixelBuffer Draw(int person, int picture)
    {
        var random = new SplitMix64((ulong)person + 1);
        (Vector2 Place, float Size, float Tone)[] blobs = [.. Enumerable.Range(0, 14).Select(_ => (
            new Vector2(Side * random.NextFloat(), Side * random.NextFloat()), 4 + (10 * random.NextFloat()), (200 * random.NextFloat()) - 100))];
        var light = new SplitMix64(SplitMix64.Combine((ulong)person, (ulong)picture));
        var (brightness, slope) = (90 + (60 * light.NextFloat()), (20 * light.NextFloat()) - 10);
        var drawn = new PixelBuffer(Side, Side, PixelFormat.Rgb24);
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                var value = brightness + (slope * x / Side) + blobs.Sum(blob => Vector2.Distance(blob.Place, new Vector2(x, y)) < blob.Size ? blob.Tone : 0);
                drawn.Row(y).Slice(3 * x, 3).Fill((byte)Math.Clamp(value, 0, 255));
            }
        }

        return drawn;
    }
}
