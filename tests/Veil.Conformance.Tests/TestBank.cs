using System.Numerics;
using Veil.Anonymization.Synthesis;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Conformance.Tests;

/// <summary>A bank of drawn faces (<see cref="TestGallery"/>), the same on every machine, twice as large in the large pictures.</summary>
public static class TestBank
{
    private const int Enlargement = 2;

    public static IReadOnlyList<GeneratedFace> Read(int faces) => [.. Enumerable.Range(0, faces).Select(Draw)];

    private static GeneratedFace Draw(int who)
    {
        // Lives as long as the bank.
        var photo = TestGallery.Draw(who);
        var small = photo.Picture!;
        var large = new PixelBuffer(small.Width * Enlargement, small.Height * Enlargement, PixelFormat.Rgb24);
        Resampler.Apply(small.Span, small.Stride, small.Width, small.Height, large.Span, large.Stride, large.Width, large.Height, 3, Resampling.Bilinear);
        var turn = new Vector2((who % 5) - 2, 0);
        var face = DrawnFace.Region(new Box(19, 24, 71, 84));
        return new GeneratedFace((ulong)who, small, face with { Points = face.Points!.Map(point => (point + turn) * Enlargement), Landmarks = face.Landmarks!.Map(point => (point + turn) * Enlargement) }, () => large);
    }
}
