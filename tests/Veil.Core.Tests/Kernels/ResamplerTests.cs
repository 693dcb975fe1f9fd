using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Veil.Kernels;

namespace Veil.Core.Tests.Kernels;

public sealed class ResamplerTests
{
    [Fact]
    public void Bilinear_follows_the_definition() => Check(Gen.Choose(1, 60), Resampling.Bilinear, Reference.Bilinear);

    [Fact]
    public void Area_is_the_mean_over_the_covered_area_when_reducing() =>
        Prop.ForAll(Gen.Choose(1, 60).Two().Zip(Gen.Choose(1, 60).Two()).Zip(Gen.Choose(0, 9999)).ToArbitrary(), value =>
        {
            var (((width, height), (w, h)), seed) = value;
            var source = TestPicture.Random(width, height, 3, seed % 3, seed);
            var (targetWidth, targetHeight) = (Math.Min(w, width), Math.Min(h, height));
            Reference.AreaMean(source, targetWidth, targetHeight).AssertEqual(Resize(source, targetWidth, targetHeight, Resampling.Area), 1, "area");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Area_is_bilinear_when_enlarging()
    {
        var source = TestPicture.Random(13, 9, 4, 1, 5);
        Resize(source, 41, 30, Resampling.Bilinear).AssertEqual(Resize(source, 41, 30, Resampling.Area), 0, "enlarging");
    }

    [Fact]
    public void Nearest_takes_the_pixel_under_the_centre()
    {
        var source = TestPicture.Random(4, 1, 1, 0, 0);
        var large = Resize(source, 12, 3, Resampling.Nearest);
        for (var x = 0; x < 12; x++)
        {
            Assert.Equal(source[x / 3, 0, 0], large[x, 1, 0]);
        }

        source.AssertEqual(Resize(large, 4, 1, Resampling.Nearest), 0, "back");
    }

    [Fact]
    public void The_same_size_is_a_copy()
    {
        var source = TestPicture.Random(31, 22, 3, 2, 0);
        foreach (var mode in Enum.GetValues<Resampling>())
        {
            source.AssertEqual(Resize(source, 31, 22, mode), 0, mode.ToString());
        }
    }

    [Fact]
    public void An_unknown_mode_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Resize(TestPicture.Constant(4, 4, 1, 0), 2, 2, (Resampling)9));

    [Fact]
    public void A_warp_follows_the_definition() =>
        Prop.ForAll(Gen.Choose(1, 40).Two().Zip(Gen.Choose(-314, 314)).Zip(Gen.Choose(3, 30)).Zip(Gen.Choose(0, 9999)).ToArbitrary(), value =>
        {
            var ((((width, height), angle), scale), seed) = value;
            var source = TestPicture.Random(width, height, 4, seed % 3, seed);
            var matrix = Matrix3x2.CreateScale(scale / 10f) * Matrix3x2.CreateRotation(angle / 100f) * Matrix3x2.CreateTranslation(width / 3f, height / 4f);
            var target = new TestPicture(33, 21, 4, 3);
            AffineWarp.Apply(source.Pixels, source.Stride, width, height, target.Pixels, target.Stride, 33, 21, matrix);
            target.AssertPaddingIsUntouched();
            AssertAlike(Reference.Warp(source, 33, 21, matrix), target);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_warp_by_nothing_keeps_what_can_be_seen()
    {
        var source = TestPicture.Random(20, 10, 4, 0, 0);
        var target = new TestPicture(20, 10, 4, 0);
        AffineWarp.Apply(source.Pixels, source.Stride, 20, 10, target.Pixels, target.Stride, 20, 10, Matrix3x2.Identity);
        for (var y = 0; y < 10; y++)
        {
            for (var x = 0; x < 20; x++)
            {
                for (var channel = 0; channel < 4; channel++)
                {
                    Assert.Equal(source[x, y, 3] == 0 ? 0 : source[x, y, channel], target[x, y, channel]);
                }
            }
        }
    }

    [Fact]
    public void A_warp_far_outside_is_transparent()
    {
        var source = TestPicture.Constant(5, 5, 4, 255);
        var target = TestPicture.Constant(9, 9, 4, 77);
        AffineWarp.Apply(source.Pixels, source.Stride, 5, 5, target.Pixels, target.Stride, 9, 9, Matrix3x2.CreateTranslation(1e30f, 0));
        Assert.All(target.Pixels, value => Assert.Equal(0, value));
    }

    // A pixel whose alpha is about to round to 0 may fall on either side of it: then its colour cannot be compared.
    private static void AssertAlike(TestPicture expected, TestPicture actual)
    {
        for (var y = 0; y < expected.Height; y++)
        {
            for (var x = 0; x < expected.Width; x++)
            {
                Assert.InRange(actual[x, y, 3] - expected[x, y, 3], -1, 1);
                for (var channel = 0; channel < 3 && expected[x, y, 3] > 1; channel++)
                {
                    Assert.InRange(actual[x, y, channel] - expected[x, y, channel], -1, 1);
                }
            }
        }
    }

    private static void Check(Gen<int> lengths, Resampling mode, Func<TestPicture, int, int, TestPicture> reference) =>
        Prop.ForAll(lengths.Two().Zip(lengths.Two()).Zip(Gen.Choose(0, 9999)).ToArbitrary(), value =>
        {
            var (((width, height), (targetWidth, targetHeight)), seed) = value;
            var source = TestPicture.Random(width, height, 3, seed % 3, seed);
            reference(source, targetWidth, targetHeight).AssertEqual(Resize(source, targetWidth, targetHeight, mode), 1, mode.ToString());
        }).QuickCheckThrowOnFailure();

    private static TestPicture Resize(TestPicture source, int width, int height, Resampling mode)
    {
        var target = new TestPicture(width, height, source.Channels, 3);
        Resampler.Apply(source.Pixels, source.Stride, source.Width, source.Height, target.Pixels, target.Stride, width, height, source.Channels, mode);
        target.AssertPaddingIsUntouched();
        return target;
    }
}
