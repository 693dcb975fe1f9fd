using Veil.Anonymization;
using Veil.Anonymization.Methods;
using Veil.Anonymization.Synthesis;
using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Core.Tests.Anonymization.Synthesis;

public sealed class BankFacesTests
{
    [Fact]
    public void A_bank_without_points_is_an_error()
    {
        using var picture = new PixelBuffer(8, 8, PixelFormat.Rgb24);
        var face = new Region(new Box(1, 1, 7, 7), RegionKind.Face, 1, new RegionOrigin(RegionSource.Hand));
        var error = Assert.Throws<VeilException>(() => Method([new GeneratedFace(1, picture, face, () => picture)]));
        Assert.Equal(VeilErrorCode.InvalidModel, error.Code);
    }

    [Theory]
    [InlineData(24)]
    [InlineData(120)]
    public void Of_the_covered_pixels_only_their_tone_is_left(int size)
    {
        var method = Method(DrawnFaceBank.Faces(24));
        var (flat, covered) = DrawnFaceBank.Scene(size, tone: 135, around: 90);
        var (noisy, _) = DrawnFaceBank.Scene(size, tone: 135, around: 90, noise: 20, seed: 3);
        using (flat)
        using (noisy)
        {
            method.Apply(flat, covered.Region, covered.Mask);
            method.Apply(noisy, covered.Region, covered.Mask);
            for (var y = 0; y < size; y++)
            {
                for (var x = 0; x < size; x++)
                {
                    Assert.True(covered.Mask[x, y] < 255 || flat.Row(y).Slice(3 * x, 3).SequenceEqual(noisy.Row(y).Slice(3 * x, 3)), $"({x}, {y})");
                }
            }
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_picture_at_any_thread_count_and_another_one_another()
    {
        var method = Method(DrawnFaceBank.Faces(24), seed: 4);
        var results = new byte[8][];
        Parallel.For(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => results[i] = Result(method));
        Assert.All(results, result => Assert.Equal(results[0], result));
        Assert.Contains(Enumerable.Range(5, 6), seed => !Result(Method(DrawnFaceBank.Faces(24), seed)).SequenceEqual(results[0]));
    }

    [Fact]
    public void Grey_pictures_stay_grey()
    {
        var (picture, covered) = DrawnFaceBank.Scene(90, tone: 130, around: 100, grey: true);
        using (picture)
        {
            Method(DrawnFaceBank.Faces(24)).Apply(picture, covered.Region, covered.Mask);
            Assert.All(Enumerable.Range(0, 90 * 90), i => Assert.True(picture.Span[3 * i] == picture.Span[(3 * i) + 1] && picture.Span[3 * i] == picture.Span[(3 * i) + 2]));
        }
    }

    [Fact]
    public void In_the_dark_a_face_is_dark_and_in_light_it_is_light()
    {
        Assert.InRange(Brightness(tone: 40, around: 20), 20, 70);
        Assert.InRange(Brightness(tone: 190, around: 200), 150, 215);
    }

    [Fact]
    public void The_smallest_and_cut_off_faces_are_covered()
    {
        var method = Method(DrawnFaceBank.Faces(6));
        foreach (var box in new[] { new Box(10, 10, 14, 15), new Box(-20, -30, 25, 20), new Box(30, 5, 80, 75), new Box(18, 20, 18.5f, 21) })
        {
            using var picture = new PixelBuffer(40, 36, PixelFormat.Rgb24);
            var random = new Random(1);
            random.NextBytes(picture.Span);
            using var before = picture.Clone();
            var covered = new RegionPolicy().Cover(new Region(box, RegionKind.Face, 1, new RegionOrigin(RegionSource.Hand)), 40, 36)!;
            method.Apply(picture, covered.Region, covered.Mask);
            var (same, all) = (0, 0);
            for (var y = 0; y < 36; y++)
            {
                for (var x = 0; x < 40; x++)
                {
                    var unchanged = picture.Row(y).Slice(3 * x, 3).SequenceEqual(before.Row(y).Slice(3 * x, 3));
                    Assert.True(covered.Mask[x, y] > 0 || unchanged);
                    (same, all) = covered.Mask[x, y] == 255 ? (same + (unchanged ? 1 : 0), all + 1) : (same, all);
                }
            }

            Assert.True(same <= 0.01 * all, $"{box}: {same} of {all}");
        }
    }

    private static double Brightness(int tone, int around)
    {
        var (picture, covered) = DrawnFaceBank.Scene(100, tone, around);
        using (picture)
        {
            Method(DrawnFaceBank.Faces(24)).Apply(picture, covered.Region, covered.Mask);
            return Enumerable.Range(45, 12).Average(y => picture.Row(y).Slice(3 * 44, 36).ToArray().Average(value => value));
        }
    }

    private static byte[] Result(IAnonymizer method)
    {
        var (picture, covered) = DrawnFaceBank.Scene(80, tone: 130, around: 90, noise: 10);
        using (picture)
        {
            method.Apply(picture, covered.Region, covered.Mask);
            return picture.Span.ToArray();
        }
    }

    private static IAnonymizer Method(IReadOnlyList<GeneratedFace> bank, int seed = 0) =>
        SyntheticAnonymizer.Describe(new MethodEngines { Stickers = _ => throw new InvalidOperationException(), GeneratedFaces = (_, _) => bank })
            .Create(new SyntheticOptions { Seed = seed });
}
