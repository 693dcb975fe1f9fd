using FsCheck;
using FsCheck.Fluent;
using Veil.Kernels;

namespace Veil.Core.Tests.Kernels;

public sealed class GaussianBlurTests
{
    [Theory]
    [InlineData(0.8f, 1)]
    [InlineData(2f, 6)]
    [InlineData(3f, 7)]
    [InlineData(7f, 10)]
    [InlineData(7f, 21)]
    [InlineData(30f, 37)]
    [InlineData(30f, 49)]
    [InlineData(100f, 30)]
    [InlineData(25f, 60)]
    public void Stays_within_one_grey_level_of_the_definition(float sigma, int radius)
    {
        var seed = radius;
        foreach (var (width, height) in new[] { (1, 1), (1, 67), (67, 1), (2, 9), (40, 25), (66, 67), (150, 20) })
        {
            foreach (var channels in new[] { 1, 3, 4 })
            {
                var source = TestPicture.Random(width, height, channels, seed % 5, seed++);
                Reference.Gaussian(source, sigma, radius).AssertEqual(source.Run(KernelCases.Gaussian(sigma, radius), KernelPath.Simd), 1, $"sigma {sigma} radius {radius}");
            }
        }
    }

    [Fact]
    public void Any_sigma_and_radius_stay_within_one_grey_level_of_the_definition() =>
        Prop.ForAll(
            Gen.Choose(1, 40).Two().Zip(Gen.Choose(1, 400)).Zip(Gen.Choose(1, 70)).Zip(Gen.Choose(0, 1000)).ToArbitrary(),
            value =>
            {
                var ((((width, height), sigma), radius), seed) = value;
                var source = TestPicture.Random(width, height, 1, 0, seed);
                Reference.Gaussian(source, sigma / 10f, radius).AssertEqual(source.Run(KernelCases.Gaussian(sigma / 10f, radius), KernelPath.Simd), 1, $"sigma {sigma / 10f} radius {radius}");
            }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(49, 30f)]
    [InlineData(200, 60f)]
    [InlineData(1000, 300f)]
    public void The_recursion_does_not_drift_along_long_lines(int radius, float sigma)
    {
        var source = TestPicture.Random(16384, 1, 1, 0, 1);
        Reference.Gaussian(source, sigma, radius).AssertEqual(source.Run(KernelCases.Gaussian(sigma, radius), KernelPath.Simd), 1, "drift");
    }

    [Fact]
    public void The_mean_is_preserved_when_the_border_is_constant() =>
        Prop.ForAll(Gen.Choose(0, 10000).ToArbitrary(), seed =>
        {
            var source = TestPicture.Constant(140, 140, 1, 90);
            var inner = TestPicture.Random(20, 20, 1, 0, seed);
            for (var y = 0; y < 20; y++)
            {
                inner.Pixels.AsSpan(y * 20, 20).CopyTo(source.Pixels.AsSpan(((60 + y) * 140) + 60));
            }

            var blurred = source.Run(KernelCases.Gaussian(9, 27), KernelPath.Simd);
            Assert.InRange(blurred.Mean(), source.Mean() - 0.3, source.Mean() + 0.3);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_target_may_be_the_source()
    {
        var source = TestPicture.Random(70, 50, 3, 2, 4);
        var expected = source.Run(KernelCases.Gaussian(30, 49), KernelPath.Simd);
        KernelCases.Gaussian(30, 49)(source, source, KernelPath.Simd);
        expected.AssertEqual(source, 0, "in place");
    }

    [Theory]
    [InlineData(7f, 21)]
    [InlineData(30f, 90)]
    [InlineData(1f, 3)]
    [InlineData(0.1f, 1)]
    public void The_automatic_radius_is_that_of_OpenCV(float sigma, int radius) => Assert.Equal(radius, GaussianBlur.RadiusFor(sigma));

    [Theory]
    [InlineData(21, 3.5f)]
    [InlineData(43, 6.8f)]
    [InlineData(1, 0.5f)]
    public void The_automatic_sigma_is_that_of_OpenCV(int kernelSize, float sigma) => Assert.Equal(sigma, GaussianBlur.SigmaFor(kernelSize), 4);
}
