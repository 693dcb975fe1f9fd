using BenchmarkDotNet.Attributes;
using Veil.Kernels;

namespace Veil.Benchmarks.Kernels;

public class MedianFilterBenchmarks
{
    private readonly byte[] _source = BenchmarkPicture.Create();
    private readonly byte[] _target = new byte[BenchmarkPicture.Side * BenchmarkPicture.Stride];

    [Benchmark]
    public void Median_3() => MedianFilter.Apply(_source, BenchmarkPicture.Stride, _target, BenchmarkPicture.Stride, BenchmarkPicture.Side, BenchmarkPicture.Side, BenchmarkPicture.Channels, 1);

    [Benchmark]
    public void Median_15() => MedianFilter.Apply(_source, BenchmarkPicture.Stride, _target, BenchmarkPicture.Stride, BenchmarkPicture.Side, BenchmarkPicture.Side, BenchmarkPicture.Channels, 7);

    [Benchmark]
    public void Median_99() => MedianFilter.Apply(_source, BenchmarkPicture.Stride, _target, BenchmarkPicture.Stride, BenchmarkPicture.Side, BenchmarkPicture.Side, BenchmarkPicture.Channels, 49);
}
