using FsCheck;
using FsCheck.Fluent;
using Veil.Kernels;

namespace Veil.Core.Tests.Kernels;

public sealed class WindowKernelTests
{
    private static readonly (int Width, int Height)[] Sizes = [(1, 1), (1, 23), (29, 1), (2, 2), (17, 16), (33, 20)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(15)]
    [InlineData(64)]
    public void Box_is_the_exact_mean_rounded_half_up(int size) =>
        Compare(source => Reference.Box(source, size), KernelCases.Box(size), 0);

    [Theory]
    [InlineData(2899)]
    [InlineData(2900)]
    [InlineData(32768)]
    public void Box_windows_of_any_size_do_not_overflow(int size)
    {
        var source = TestPicture.Random(37, 5, 3, 0, 4);
        source.Run(KernelCases.Box(size), KernelPath.Scalar).AssertEqual(source.Run(KernelCases.Box(size), KernelPath.Simd), 0, "box");
        var white = TestPicture.Constant(37, 5, 3, 255);
        white.AssertEqual(white.Run(KernelCases.Box(size), KernelPath.Simd), 0, "white");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(40)]
    public void Median_is_the_middle_of_the_sorted_window(int radius) =>
        Compare(source => Reference.Median(source, radius), KernelCases.Median(radius), 0);

    [Fact]
    public void Median_keeps_its_counts_at_radius_300_and_across_strips()
    {
        var source = TestPicture.Random(1700, 3, 1, 0, 3);
        source.Run(KernelCases.Median(5), KernelPath.Scalar).AssertEqual(source.Run(KernelCases.Median(5), KernelPath.Simd), 0, "strips");
        var small = TestPicture.Random(21, 9, 1, 0, 4);
        small.Run(KernelCases.Median(300), KernelPath.Scalar).AssertEqual(small.Run(KernelCases.Median(300), KernelPath.Simd), 0, "radius 300");
    }

    [Fact]
    public void Median_only_yields_values_that_were_there() =>
        Prop.ForAll(Gen.Choose(1, 50).Two().Zip(Gen.Choose(0, 30)).Zip(Gen.Choose(0, 9999)).ToArbitrary(), value =>
        {
            var (((width, height), radius), seed) = value;
            var source = TestPicture.Random(width, height, 1, 0, seed);
            Assert.Subset(new HashSet<byte>(source.Pixels), MedianOf(source, radius));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(3, 20f, 2f)]
    [InlineData(9, 75f, 75f)]
    [InlineData(0, 40f, 1.7f)]
    [InlineData(7, 0.5f, 3f)]
    public void Bilateral_follows_the_definition(int diameter, float sigmaColor, float sigmaSpace) =>
        Compare(source => Reference.Bilateral(source, diameter, sigmaColor, sigmaSpace), KernelCases.Bilateral(diameter, sigmaColor, sigmaSpace), 1);

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    [InlineData(7, 2)]
    [InlineData(31, 1)]
    public void Dilation_is_the_largest_of_the_window_as_often_as_asked(int size, int iterations)
    {
        Compare(
            source => Reference.Dilate(source, size, iterations),
            (s, t, path) => Morphology.Dilate(s.Pixels, s.Stride, t.Pixels, t.Stride, s.Width, s.Height, s.Channels, size, iterations, path),
            0);
    }

    [Fact]
    public void Erosion_is_the_dilation_of_the_negative() =>
        Prop.ForAll(Gen.Choose(1, 60).Two().Zip(Gen.Choose(1, 20)).Zip(Gen.Choose(0, 3)).Zip(Gen.Choose(0, 9999)).ToArbitrary(), value =>
        {
            var ((((width, height), size), iterations), seed) = value;
            var source = TestPicture.Random(width, height, 3, 0, seed);
            var negative = Negative(source);
            var dilated = negative.Run((s, t, path) => Morphology.Dilate(s.Pixels, s.Stride, t.Pixels, t.Stride, s.Width, s.Height, 3, size, iterations, path), KernelPath.Simd);
            var eroded = source.Run((s, t, path) => Morphology.Erode(s.Pixels, s.Stride, t.Pixels, t.Stride, s.Width, s.Height, 3, size, iterations, path), KernelPath.Simd);
            Negative(dilated).AssertEqual(eroded, 0, "erosion");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Closing_twice_is_closing_once() =>
        Prop.ForAll(Gen.Choose(1, 60).Two().Zip(Gen.Choose(0, 6)).Zip(Gen.Choose(0, 9999)).ToArbitrary(), value =>
        {
            var (((width, height), half), seed) = value;
            TestPicture Close(TestPicture picture)
            {
                var dilated = picture.Run((s, t, path) => Morphology.Dilate(s.Pixels, s.Stride, t.Pixels, t.Stride, s.Width, s.Height, 3, (2 * half) + 1, 1, path), KernelPath.Simd);
                return dilated.Run((s, t, path) => Morphology.Erode(s.Pixels, s.Stride, t.Pixels, t.Stride, s.Width, s.Height, 3, (2 * half) + 1, 1, path), KernelPath.Simd);
            }

            var once = Close(TestPicture.Random(width, height, 3, 0, seed));
            once.AssertEqual(Close(once), 0, "closing");
        }).QuickCheckThrowOnFailure();

    private static void Compare(Func<TestPicture, TestPicture> reference, Kernel kernel, int tolerance)
    {
        var seed = 0;
        foreach (var (width, height) in Sizes)
        {
            foreach (var channels in new[] { 1, 3, 4 })
            {
                var source = TestPicture.Random(width, height, channels, seed % 4, seed++);
                reference(source).AssertEqual(source.Run(kernel, KernelPath.Simd), tolerance, "reference");
            }
        }
    }

    private static HashSet<byte> MedianOf(TestPicture source, int radius)
    {
        var target = TestPicture.Constant(source.Width, source.Height, 1, 0);
        MedianFilter.Apply(source.Pixels, source.Stride, target.Pixels, target.Stride, source.Width, source.Height, 1, radius);
        return [.. target.Pixels];
    }

    private static TestPicture Negative(TestPicture picture)
    {
        var negative = new TestPicture(picture.Width, picture.Height, picture.Channels, picture.Stride - (picture.Width * picture.Channels));
        for (var i = 0; i < picture.Pixels.Length; i++)
        {
            negative.Pixels[i] = (byte)(255 - picture.Pixels[i]);
        }

        return negative;
    }
}
