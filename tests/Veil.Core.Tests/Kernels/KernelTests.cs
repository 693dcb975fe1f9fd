using FsCheck;
using FsCheck.Fluent;
using Veil.Kernels;

namespace Veil.Core.Tests.Kernels;

public sealed class KernelTests
{
    public static TheoryData<string> Names => [.. KernelCases.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Simd_equals_scalar_for_all_sizes_channels_and_strides(string name)
    {
        var kernel = KernelCases.All[name];
        var seed = 0;
        foreach (var (width, height) in Sizes())
        {
            foreach (var channels in new[] { 1, 3, 4 })
            {
                var source = TestPicture.Random(width, height, channels, seed % 7, seed++);
                source.Run(kernel, KernelPath.Scalar).AssertEqual(source.Run(kernel, KernelPath.Simd), 0, name);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_source_is_left_alone_and_the_result_does_not_depend_on_earlier_calls(string name)
    {
        var source = TestPicture.Random(45, 31, 3, 2, 12);
        var before = source.Pixels.ToArray();
        var first = source.Run(KernelCases.All[name], KernelPath.Simd);
        TestPicture.Random(80, 70, 4, 1, 13).Run(KernelCases.All[name], KernelPath.Simd);
        var second = source.Run(KernelCases.All[name], KernelPath.Simd);
        Assert.Equal(before, source.Pixels);
        Assert.Equal(first.Pixels, second.Pixels);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Callers_on_many_threads_get_the_same_bytes(string name)
    {
        var source = TestPicture.Random(61, 47, 3, 0, 8);
        var expected = source.Run(KernelCases.All[name], KernelPath.Simd).Pixels;
        Parallel.For(0, 8, _ => Assert.Equal(expected, source.Run(KernelCases.All[name], KernelPath.Simd).Pixels));
    }

    [Fact]
    public void A_constant_picture_stays_constant() =>
        Prop.ForAll(
            Gen.Choose(1, 90).Two().Zip(Gen.Choose(0, 255)).Zip(Gen.Elements(KernelCases.All.Keys.Where(name => name != "warp"))).ToArbitrary(),
            value =>
            {
                var (((width, height), level), name) = value;
                var source = TestPicture.Constant(width, height, 3, (byte)level);
                source.AssertEqual(source.Run(KernelCases.All[name], KernelPath.Simd), 0, name);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Spans_and_strides_that_do_not_fit_are_refused()
    {
        var pixels = new byte[10 * 10 * 3];
        Assert.Throws<ArgumentException>(() => BoxBlur.Apply(pixels, 30, pixels.AsSpan(1), 30, 10, 10, 3, 3));
        Assert.Throws<ArgumentException>(() => BoxBlur.Apply(pixels, 29, pixels, 30, 10, 10, 3, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => BoxBlur.Apply(pixels, 30, pixels, 30, 10, 10, 2, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => BoxBlur.Apply(pixels, 30, pixels, 30, 0, 10, 3, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianBlur.Apply(pixels, 30, pixels, 30, 10, 10, 3, float.NaN, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => MedianFilter.Apply(pixels, 30, pixels, 30, 10, 10, 3, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Pixelation.Apply(pixels, 30, pixels, 30, 10, 10, 3, 0, 0, 0, 5));
    }

    private static IEnumerable<(int Width, int Height)> Sizes()
    {
        for (var length = 1; length <= 67; length += length < 18 ? 1 : 7)
        {
            yield return (length, 1);
            yield return (1, length);
            yield return (length, 68 - length);
        }
    }
}
