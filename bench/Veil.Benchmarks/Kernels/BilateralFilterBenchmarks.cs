using BenchmarkDotNet.Attributes;
using Veil.Kernels;

namespace Veil.Benchmarks.Kernels;

public class BilateralFilterBenchmarks
{
    private readonly byte[] _source = BenchmarkPicture.Create();
    private readonly byte[] _target = new byte[BenchmarkPicture.Side * BenchmarkPicture.Stride];

    [Benchmark]
    public void Bilateral_9_75_75() => BilateralFilter.Apply(_source, BenchmarkPicture.Stride, _target, BenchmarkPicture.Stride, BenchmarkPicture.Side, BenchmarkPicture.Side, BenchmarkPicture.Channels, 9, 75, 75);

    [Benchmark]
    public void Bilateral_15_80_80() => BilateralFilter.Apply(_source, BenchmarkPicture.Stride, _target, BenchmarkPicture.Stride, BenchmarkPicture.Side, BenchmarkPicture.Side, BenchmarkPicture.Channels, 15, 80, 80);
}
