using Veil.Errors;
using Veil.Imaging;
using Veil.Onnx.Inpainting;
using Veil.Onnx.Models;
using Veil.Regions;

namespace Veil.Onnx.Tests.Inpainting;

/// <summary>With the real network, which every build has: a call takes about half a second, so the cases are chosen.</summary>
public sealed class MiGanInpainterTests : IDisposable
{
    private readonly MiGanInpainter _inpainter = MiGanInpainter.Load(ModelStore.Default());

    public static TheoryData<int, int, PixelRect[]> Holes => new()
    {
        { 300, 200, [new(100, 60, 180, 150)] },
        { 300, 200, [new(0, 0, 40, 200), new(290, 190, 300, 200)] },
        { 700, 640, [new(10, 10, 20, 620), new(600, 300, 690, 330)] },
        { 1300, 40, [new(300, 0, 1000, 39)] },
        { 67, 3, [new(5, 1, 60, 2)] },
        { 2, 1, [new(1, 0, 2, 1)] },
    };

    [Theory]
    [MemberData(nameof(Holes))]
    public void What_was_under_the_hole_has_no_part_in_the_result_and_nothing_else_changes(int width, int height, PixelRect[] holes)
    {
        var mask = Mask(width, height, holes);
        using var original = NoisePicture.Draw(width, height, 1);
        using var other = NoisePicture.Draw(width, height, 2);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                if (mask[x, y] == 0)
                {
                    original.Row(y).Slice(x * 3, 3).CopyTo(other.Row(y)[(x * 3)..]);
                }
            }
        }

        using var result = original.Clone();
        _inpainter.Fill(result, mask);
        _inpainter.Fill(other, mask);
        Assert.True(result.Span.SequenceEqual(other.Span));
        var changed = 0;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var same = result.Row(y).Slice(x * 3, 3).SequenceEqual(original.Row(y).Slice(x * 3, 3));
                Assert.True(same || mask[x, y] > 0);
                changed += same ? 0 : 1;
            }
        }

        Assert.True(changed > 0);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(67, 45)]
    public void A_hole_over_the_whole_picture_becomes_one_flat_colour(int width, int height)
    {
        using var picture = NoisePicture.Draw(width, height, 3);
        _inpainter.Fill(picture, RegionMask.Full(picture.Bounds));
        Assert.Equal(-1, picture.Span.IndexOfAnyExcept((byte)128));
    }

    [Fact]
    public void A_hole_in_a_smooth_picture_is_filled_smoothly()
    {
        using var picture = new PixelBuffer(200, 160, PixelFormat.Rgb24);
        for (var y = 0; y < 160; y++)
        {
            for (var x = 0; x < 200; x++)
            {
                (picture.Row(y)[3 * x], picture.Row(y)[(3 * x) + 1], picture.Row(y)[(3 * x) + 2]) = ((byte)(60 + (x / 2)), (byte)(90 + (y / 2)), 120);
            }
        }

        using var expected = picture.Clone();
        var mask = Mask(200, 160, [new(80, 60, 110, 90)]);
        for (var y = 60; y < 90; y++)
        {
            picture.Row(y).Slice(80 * 3, 30 * 3).Fill(255);
        }

        _inpainter.Fill(picture, mask);
        var worst = Enumerable.Range(0, picture.Span.Length).Max(i => Math.Abs(picture.Span[i] - expected.Span[i]));
        Assert.InRange(worst, 0, 40);
    }

    [Fact]
    public void Threads_share_the_network_and_get_the_same_bytes()
    {
        var mask = Mask(90, 80, [new(30, 20, 60, 50)]);
        var results = new byte[4][];
        Parallel.For(0, results.Length, i =>
        {
            using var picture = NoisePicture.Draw(90, 80, 4);
            _inpainter.Fill(picture, mask);
            results[i] = picture.Span.ToArray();
        });
        Assert.All(results, result => Assert.Equal(results[0], result));
    }

    [Fact]
    public void Without_the_model_it_says_so_at_once()
    {
        using var empty = new TemporaryFolder();
        var error = Assert.Throws<VeilException>(() => MiGanInpainter.Load(new ModelStore([empty.FullPath], empty.FullPath)));
        Assert.Equal(VeilErrorCode.InvalidModel, error.Code);
        Assert.Contains("migan_pipeline_v2.onnx", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _inpainter.Dispose();

    private static RegionMask Mask(int width, int height, PixelRect[] holes)
    {
        var coverage = new byte[width * height];
        foreach (var hole in holes)
        {
            for (var y = hole.Top; y < hole.Bottom; y++)
            {
                coverage.AsSpan((y * width) + hole.Left, hole.Width).Fill((byte)(hole.Top % 2 == 0 ? 255 : 1));
            }
        }

        return new RegionMask(new PixelRect(0, 0, width, height), coverage);
    }
}
