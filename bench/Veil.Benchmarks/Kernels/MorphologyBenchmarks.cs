using BenchmarkDotNet.Attributes;
using Veil.Kernels;

namespace Veil.Benchmarks.Kernels;

public class MorphologyBenchmarks
{
    private readonly byte[] _source = BenchmarkPicture.Create();
    private readonly byte[] _target = new byte[BenchmarkPicture.Side * BenchmarkPicture.Stride];

    [Benchmark]
    public void Dilate_7_twice() => Morphology.Dilate(_source, BenchmarkPicture.Stride, _target, BenchmarkPicture.Stride, BenchmarkPicture.Side, BenchmarkPicture.Side, BenchmarkPicture.Channels, 7, 2);

    [Benchmark]
    public void Erode_31() => Morphology.Erode(_source, BenchmarkPicture.Stride, _target, BenchmarkPicture.Stride, BenchmarkPicture.Side, BenchmarkPicture.Side, BenchmarkPicture.Channels, 31, 1);
}
