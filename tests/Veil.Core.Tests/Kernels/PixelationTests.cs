using FsCheck;
using FsCheck.Fluent;
using Veil.Kernels;

namespace Veil.Core.Tests.Kernels;

public sealed class PixelationTests
{
    [Fact]
    public void Every_cell_gets_the_exact_mean_of_its_pixels() =>
        Prop.ForAll(
            Gen.Choose(1, 67).Two().Zip(Gen.Choose(-500, 500).Two()).Zip(Gen.Choose(3, 400).Two()).Zip(Gen.Choose(0, 9999)).ToArbitrary(),
            value =>
            {
                var ((((width, height), (originX, originY)), (cellWidth, cellHeight)), seed) = value;
                var source = TestPicture.Random(width, height, (seed % 3) switch { 0 => 1, 1 => 3, _ => 4 }, seed % 5, seed);
                Reference.Pixelate(source, originX / 10f, originY / 10f, cellWidth / 10f, cellHeight / 10f).AssertEqual(
                    source.Run(Pixelate(originX / 10f, originY / 10f, cellWidth / 10f, cellHeight / 10f), KernelPath.Simd), 0, $"origin ({originX}, {originY}) / 10, cell {cellWidth}×{cellHeight} / 10");
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Pixelating_twice_is_pixelating_once() =>
        Prop.ForAll(Gen.Choose(1, 67).Two().Zip(Gen.Choose(5, 300)).Zip(Gen.Choose(0, 9999)).ToArbitrary(), value =>
        {
            var (((width, height), cell), seed) = value;
            var once = TestPicture.Random(width, height, 3, 1, seed).Run(Pixelate(1, 2, cell / 10f, cell / 7f), KernelPath.Simd);
            once.AssertEqual(once.Run(Pixelate(1, 2, cell / 10f, cell / 7f), KernelPath.Simd), 0, "twice");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_target_may_be_the_source()
    {
        var source = TestPicture.Random(50, 41, 3, 2, 4);
        var expected = source.Run(Pixelate(-3, 2, 7.5f, 9), KernelPath.Simd);
        Pixelate(-3, 2, 7.5f, 9)(source, source, KernelPath.Simd);
        expected.AssertEqual(source, 0, "in place");
    }

    private static Kernel Pixelate(float originX, float originY, float cellWidth, float cellHeight) =>
        (s, t, path) => Pixelation.Apply(s.Pixels, s.Stride, t.Pixels, t.Stride, s.Width, s.Height, s.Channels, originX, originY, cellWidth, cellHeight, path);
}
