using BenchmarkDotNet.Attributes;
using Veil.Kernels;

namespace Veil.Benchmarks.Kernels;

public class PixelationBenchmarks
{
    private readonly byte[] _source = BenchmarkPicture.Create();
    private readonly byte[] _target = new byte[BenchmarkPicture.Side * BenchmarkPicture.Stride];

    [Benchmark]
    public void Pixelate_25() => Pixelation.Apply(_source, BenchmarkPicture.Stride, _target, BenchmarkPicture.Stride, BenchmarkPicture.Side, BenchmarkPicture.Side, BenchmarkPicture.Channels, 0, 0, 25, 25);
}
