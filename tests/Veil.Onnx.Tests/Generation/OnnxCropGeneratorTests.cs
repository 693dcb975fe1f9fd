using System.Collections.Immutable;
using System.Numerics;
using Veil.Anonymization.Synthesis;
using Veil.Errors;
using Veil.Imaging;
using Veil.Onnx.Generation;
using Veil.Onnx.Inference;
using Veil.Regions;

namespace Veil.Onnx.Tests.Generation;

/// <summary>Tiny networks, written node by node.</summary>
public sealed class OnnxCropGeneratorTests
{
    private const int Width = 20;
    private const int Height = 24;
    private static readonly RegionMask Hole = new(new PixelRect(0, 0, Width, Height), [.. Enumerable.Range(0, Width * Height).Select(i => (byte)(i % Width is > 4 and < 15 && i / Width is > 6 and < 18 ? i % 3 == 0 ? 255 : 1 : 0))]);

    [Fact]
    public void Size_latent_and_keypoints_are_told_by_the_shapes_whatever_the_names()
    {
        var generator = OnnxCropGenerator.Create("tiny", Network(Copying, latent: 6, keypoints: 7, name: "thing"));
        Assert.Equal(new PixelSize(Width, Height), generator.Size);
        Assert.Equal((6, 7), (generator.LatentLength, generator.Keypoints));
        Assert.Equal((0, 0), OnnxCropGenerator.Create("tiny", Network(Copying)) is var plain ? (plain.LatentLength, plain.Keypoints) : default);
    }

    [Fact]
    public void What_lies_in_the_hole_never_reaches_the_network()
    {
        // The network gives back what it was given: mid-grey in the hole, whatever the crop shows there.
        var generator = OnnxCropGenerator.Create("tiny", Network(Copying));
        using var one = NoisePicture.Draw(Width, Height, 1);
        using var other = NoisePicture.Draw(Width, Height, 2);
        foreach (var crop in new[] { one, other })
        {
            using var painted = generator.Paint(crop, Hole, [], []);
            for (var i = 0; i < Width * Height; i++)
            {
                var expected = Hole[i % Width, i / Width] == 0 ? crop.Span.Slice(3 * i, 3).ToArray() : [128, 128, 128];
                Assert.Equal(expected, painted.Span.Slice(3 * i, 3).ToArray());
            }
        }
    }

    [Fact]
    public void The_mask_is_1_in_the_hole_and_nothing_else_is_taken_from_the_network()
    {
        var generator = OnnxCropGenerator.Create("tiny", Network(graph => graph.Node("Concat", "result", ["mask", "mask", "mask"], OnnxAttribute.Of("axis", 1L))));
        using var crop = NoisePicture.Draw(Width, Height, 3);
        using var painted = generator.Paint(crop, Hole, [], []);
        for (var i = 0; i < Width * Height; i++)
        {
            var expected = Hole[i % Width, i / Width] == 0 ? crop.Span.Slice(3 * i, 3).ToArray() : [255, 255, 255];
            Assert.Equal(expected, painted.Span.Slice(3 * i, 3).ToArray());
        }
    }

    [Fact]
    public void Latent_and_keypoints_arrive_as_shares_of_the_crop_and_unknown_points_as_minus_one()
    {
        // The first channel shows the first number of the latent, the others x and y of the last keypoint, halved and raised by a half.
        var generator = OnnxCropGenerator.Create("tiny", Network(
            graph =>
            {
                graph.Weight("half", [1], [0.5f]);
                graph.Weight("l0", 0L);
                graph.Weight("k4", 4L);
                graph.Weight("one", 1, 1, 1, 1);
                graph.Weight("two", 1, 2, 1, 1);
                graph.Weight("full", 1, 3, Height, Width);
                graph.Node("Gather", "number", ["latent", "l0"], OnnxAttribute.Of("axis", 1L));
                graph.Node("Reshape", "first", ["number", "one"]);
                graph.Node("Gather", "point", ["keypoints", "k4"], OnnxAttribute.Of("axis", 1L));
                graph.Node("Reshape", "xy", ["point", "two"]);
                graph.Node("Concat", "three", ["first", "xy"], OnnxAttribute.Of("axis", 1L));
                graph.Node("Mul", "less", ["three", "half"]);
                graph.Node("Add", "more", ["less", "half"]);
                graph.Node("Expand", "result", ["more", "full"]);
            },
            latent: 3, keypoints: 5));
        using var crop = NoisePicture.Draw(Width, Height, 4);
        var at = (3 * ((10 * Width) + 8), 3);
        ImmutableArray<Vector2> points = [default, default, default, default, new(5, 18)];
        using var known = generator.Paint(crop, Hole, [0.4f, 9, 9], points);
        Assert.Equal([179, 159, 223], known.Span.Slice(at.Item1, at.Item2).ToArray());
        using var unknown = generator.Paint(crop, Hole, [-1, 0, 0], [.. points.Take(4), new Vector2(float.NaN)]);
        Assert.Equal([0, 0, 0], unknown.Span.Slice(at.Item1, at.Item2).ToArray());
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(1.1f)]
    [InlineData(-0.1f)]
    [InlineData(-1f)]
    [InlineData(255f)]
    public void What_is_no_brightness_is_an_error(float value)
    {
        var generator = OnnxCropGenerator.Create("tiny", Network(graph =>
        {
            graph.Weight("value", [1], [value]);
            graph.Weight("zero", [1], [0f]);
            graph.Node("Mul", "nothing", ["picture", "zero"]);
            graph.Node("Add", "result", ["nothing", "value"]);
        }));
        using var crop = NoisePicture.Draw(Width, Height, 5);
        var error = Assert.Throws<VeilException>(() => generator.Paint(crop, Hole, [], []));
        Assert.Equal(VeilErrorCode.AnonymizationFailed, error.Code);
        Assert.Contains("tiny", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_number_of_threads_get_the_same()
    {
        var generator = OnnxCropGenerator.Create("tiny", Network(Copying));
        var results = new byte[32][];
        Parallel.For(0, results.Length, i =>
        {
            using var crop = NoisePicture.Draw(Width, Height, i % 2);
            using var painted = generator.Paint(crop, Hole, [], []);
            results[i] = painted.Span.ToArray();
        });
        Assert.All(Enumerable.Range(0, results.Length), i => Assert.Equal(results[i % 2], results[i]));
    }

    public static TheoryData<string, byte[]> Others => new()
    {
        { "is missing", Graph(graph => { graph.Input("picture", [3, Height, Width]); Result(graph, "picture"); }) },
        { "more than one", Graph(graph => { Usual(graph); graph.Input("again", [3, Height, Width]); Result(graph, "picture"); }) },
        { "is none of these", Graph(graph => { Usual(graph); graph.Input("other", [4, Height, Width]); Result(graph, "picture"); }) },
        { "not one output", Graph(graph => { Usual(graph); graph.Node("Identity", "result", ["mask"]); graph.Output("result", [1, Height, Width]); }) },
        { "not one output", Graph(graph => { Usual(graph); Result(graph, "picture"); graph.Node("Identity", "two", ["picture"]); graph.Output("two", [3, Height, Width]); }) },
        { "not of the size", Graph(graph => { graph.Input("picture", [3, Height, Width]); graph.Input("mask", [1, Width, Height]); Result(graph, "picture"); }) },
        { "not fixed numbers", Graph(graph => { graph.Input("picture", [3, 8, 8]); graph.Input("mask", [1, 8, 8]); graph.Node("Identity", "result", ["picture"]); graph.Output("result", [3, 8, 8]); }) },
        { "K of", Graph(graph => { Usual(graph); graph.Input("points", [6, 2]); Result(graph, "picture"); }) },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void Another_layout_is_refused_with_what_is_there(string why, byte[] file)
    {
        var error = Assert.Throws<VeilException>(() => OnnxCropGenerator.Create("tiny", file));
        Assert.Equal(VeilErrorCode.InvalidModel, error.Code);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.Contains("docs/generators.md", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_and_missing_files_are_clear_errors()
    {
        using var folder = new TemporaryFolder();
        var network = Network(Copying);
        foreach (var content in new byte[][] { [], [1, 2, 3], network[..(network.Length / 2)], [.. network.Select(value => (byte)(value ^ 0x55))] })
        {
            folder.Write("own.onnx", content);
            var failure = Assert.Throws<VeilException>(() => OnnxCropGenerator.Open(Path.Combine(folder.FullPath, "own.onnx")));
            Assert.Equal(VeilErrorCode.InvalidModel, failure.Code);
            Assert.DoesNotContain("ErrorCode", failure.Message, StringComparison.Ordinal);
        }

        foreach (var path in new[] { Path.Combine(folder.FullPath, "none.onnx"), folder.FullPath })
        {
            Assert.Equal(VeilErrorCode.InvalidModel, Assert.Throws<VeilException>(() => OnnxCropGenerator.Open(path)).Code);
        }
    }

    private static void Copying(OnnxGraphBuilder graph) => graph.Node("Identity", "result", ["picture"]);

    private static byte[] Network(Action<OnnxGraphBuilder> nodes, int latent = 0, int keypoints = 0, string? name = null) => Graph(graph =>
    {
        Usual(graph);
        if (latent > 0)
        {
            graph.Input(name ?? "latent", [latent]);
        }

        if (keypoints > 0)
        {
            graph.Input(name is null ? "keypoints" : name + "s", [keypoints, 2]);
        }

        nodes(graph);
        graph.Output("result", [3, Height, Width]);
    });

    private static byte[] Graph(Action<OnnxGraphBuilder> build)
    {
        var graph = new OnnxGraphBuilder("tiny");
        build(graph);
        return graph.ToModel();
    }

    private static void Usual(OnnxGraphBuilder graph)
    {
        graph.Input("picture", [3, Height, Width]);
        graph.Input("mask", [1, Height, Width]);
    }

    private static void Result(OnnxGraphBuilder graph, string of)
    {
        graph.Node("Identity", "result", [of]);
        graph.Output("result", [3, Height, Width]);
    }
}
