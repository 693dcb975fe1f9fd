using BenchmarkDotNet.Attributes;
using Veil.Imaging;
using Veil.Onnx.Classification;
using Veil.Onnx.Generation;
using Veil.Onnx.Models;

namespace Veil.Benchmarks.Networks;

/// <summary>Networks that come from TensorFlow.js: features of a picture, alone and in a batch of 16, and a generated face.</summary>
public class NetworkBenchmarks
{
    private const int Batch = 16;
    private const int Side = 512;

    private readonly PixelBuffer _picture = PixelBuffer.Wrap(new byte[3 * Side * Side], Side, Side, 3 * Side, PixelFormat.Rgb24);
    private readonly float[] _latent = FaceLatent.OfSeed(1);
    private PixelBuffer[] _pictures = [];
    private ResNet50? _network;
    private FaceGenerator? _generator;

    /// <summary>Threads of one inference.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Loads both networks.</summary>
    [GlobalSetup]
    public void Load()
    {
        _pictures = [.. Enumerable.Repeat(_picture, Batch)];
        _network = ResNet50.Load(ModelStore.Default(), Threads);
        _generator = FaceGenerator.Load(ModelStore.Default(), Threads);
    }

    /// <summary>Frees them.</summary>
    [GlobalCleanup]
    public void Free()
    {
        _network?.Dispose();
        _generator?.Dispose();
    }

    /// <summary>One picture of 512×512.</summary>
    [Benchmark]
    public float[] Features() => _network!.Features(_picture);

    /// <summary>Sixteen of them at once; the time is that of one.</summary>
    [Benchmark(OperationsPerInvoke = Batch)]
    public float[] FeaturesOfBatch() => _network!.Features(_pictures);

    /// <summary>One face of 128×128.</summary>
    [Benchmark]
    public int Face()
    {
        using var face = _generator!.Generate(_latent);
        return face.Width;
    }
}
