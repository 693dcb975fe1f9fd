using BenchmarkDotNet.Attributes;
using Veil.Kernels;

namespace Veil.Benchmarks.Kernels;

public class ResamplerBenchmarks
{
    private readonly byte[] _source = BenchmarkPicture.Create();
    private readonly byte[] _target = new byte[BenchmarkPicture.Side * BenchmarkPicture.Stride];

    [Benchmark]
    public void Area_to_112() => Resampler.Apply(_source, BenchmarkPicture.Stride, BenchmarkPicture.Side, BenchmarkPicture.Side, _target, 336, 112, 112, 3, Resampling.Area);

    [Benchmark]
    public void Bilinear_from_128_to_400() => Resampler.Apply(_source, BenchmarkPicture.Stride, 128, 128, _target, BenchmarkPicture.Stride, 400, 400, 3, Resampling.Bilinear);
}
