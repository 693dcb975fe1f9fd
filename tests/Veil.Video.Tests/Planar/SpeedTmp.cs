using System.Diagnostics;
using Veil.Video.Planar;
namespace Veil.Video.Tests.Planar;
public sealed class SpeedTmp
{
    [Fact]
    public void Measure()
    {
        foreach (var name in new[] { "yuv420p", "yuv420p10le" })
        {
            var geometry = new PlanarGeometry(PlanarLayout.For(name)!, 1920, 1080, YuvMatrix.Of("bt709", "tv", 1080));
            var samples = new byte[geometry.FrameBytes];
            new Random(1).NextBytes(samples.AsSpan(0, samples.Length));
            foreach (var reduction in new[] { 1, 2, 4 })
            {
                var best = double.MaxValue;
                for (var i = 0; i < 30; i++)
                {
                    var start = Stopwatch.GetTimestamp();
                    using var rgb = PlanarReduction.ToRgb24(geometry, samples, reduction);
                    best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
                Console.WriteLine($"SPEED {name} {reduction}: {best:F2} ms");
            }
        }
    }
}
