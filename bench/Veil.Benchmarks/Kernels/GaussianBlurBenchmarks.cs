using BenchmarkDotNet.Attributes;
using Veil.Kernels;

namespace Veil.Benchmarks.Kernels;

public class GaussianBlurBenchmarks
{
    private readonly byte[] _source = BenchmarkPicture.Create();
    private readonly byte[] _target = new byte[BenchmarkPicture.Side * BenchmarkPicture.Stride];

    [Benchmark]
    public void Gaussian_21_sigma_7() => GaussianBlur.Apply(_source, BenchmarkPicture.Stride, _target, BenchmarkPicture.Stride, BenchmarkPicture.Side, BenchmarkPicture.Side, BenchmarkPicture.Channels, 7, 10);

    [Benchmark]
    public void Gaussian_43_sigma_7() => GaussianBlur.Apply(_source, BenchmarkPicture.Stride, _target, BenchmarkPicture.Stride, BenchmarkPicture.Side, BenchmarkPicture.Side, BenchmarkPicture.Channels, 7, 21);

    [Benchmark]
    public void Gaussian_99_sigma_30() => GaussianBlur.Apply(_source, BenchmarkPicture.Stride, _target, BenchmarkPicture.Stride, BenchmarkPicture.Side, BenchmarkPicture.Side, BenchmarkPicture.Channels, 30, 49);

    [Benchmark]
    public void Gaussian_301_sigma_50() => GaussianBlur.Apply(_source, BenchmarkPicture.Stride, _target, BenchmarkPicture.Stride, BenchmarkPicture.Side, BenchmarkPicture.Side, BenchmarkPicture.Channels, 50, 150);
}
