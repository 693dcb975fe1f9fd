using System.Text;
using System.Text.Json.Nodes;
using Veil.Errors;

namespace Veil.Onnx.Tests.TensorFlowJs;

/// <summary>Each operation with numbers computed by hand. Pictures are planes; kernels lie as TensorFlow stores them.</summary>
public class GraphConverterTests
{
    private const string Kept = """{"keep_dims":{"b":true}}""";

    [Theory]
    [InlineData("Add", new float[] { 11, 22 })]
    [InlineData("Mul", new float[] { 10, 40 })]
    [InlineData("Maximum", new float[] { 10, 20 })]
    [InlineData("Minimum", new float[] { 1, 2 })]
    public void Features_meet_a_constant_of_as_many_numbers(string operation, float[] expected) =>
        Equal(expected, new TinyGraphModel(2).Constant("c", [2], 10, 20).Node(operation, "out", ["input", "c"]).Run(1, 2));

    [Fact]
    public void A_constant_of_pictures_has_one_number_for_each_channel() => Equal(
        [11, 12, 23, 24],
        new TinyGraphModel(1, 2, 2).Constant("c", [2], 10, 20).Node("Add", "out", ["c", "input:0"]).Run(1, 2, 3, 4));

    [Fact]
    public void A_scalar_goes_with_everything() =>
        Equal([2, 4, 6, 8], new TinyGraphModel(1, 2, 2).Constant("c", [], 2).Node("Mul", "out", ["c", "input"]).Run(1, 2, 3, 4));

    [Fact]
    public void Values_are_squared() => Equal([9, 4], new TinyGraphModel(2).Node("Square", "out", ["input"]).Run(-3, 2));

    [Fact]
    public void The_reciprocal_root_is_taken() => Equal([0.5f, 0.1f], new TinyGraphModel(2).Node("Rsqrt", "out", ["input"]).Run(4, 100));

    [Fact]
    public void The_mean_of_channels_stands_beside_them() => Equal(
        [1 + 2, 2 + 4, 3 + 2, 6 + 4],
        new TinyGraphModel(1, 2, 2).Constant("axis", [1], [-1]).Node("Mean", "mean", ["input", "axis"], Kept).Node("Add", "out", ["input", "mean"]).Run(1, 2, 3, 6));

    [Fact]
    public void Features_become_a_pixel_amid_zeros() => Equal(
        [0, 5, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0],
        new TinyGraphModel(2).Constant("shape", [4], [-1, 1, 1, 2]).Constant("pads", [4, 2], [0, 0, 0, 1, 1, 1, 0, 0])
            .Node("Reshape", "pixel", ["input", "shape"]).Node("Pad", "out", ["pixel", "pads"]).Run(5, 6));

    [Fact]
    public void A_convolution_correlates() => Equal(
        [1 + 20 + 400 + 5000, 2 + 30 + 500 + 6000],
        new TinyGraphModel(2, 3, 1).Constant("kernel", [2, 2, 1, 1], 1, 10, 100, 1000).Node("Conv2D", "out", ["input", "kernel"], Convolution("VALID")).Run(1, 2, 3, 4, 5, 6));

    [Fact]
    public void Same_padding_keeps_the_size() => Equal(
        [12, 23, 30],
        new TinyGraphModel(1, 3, 1).Constant("kernel", [1, 2, 1, 1], 10, 1).Node("Conv2D", "out", ["input", "kernel"], Convolution("SAME")).Run(1, 2, 3));

    [Fact]
    public void Copies_dealt_out_to_blocks_double_each_pixel() => Equal(
        [1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4],
        Doubled().Run(1, 2, 3, 4));

    [Fact]
    public void Copies_alone_are_refused() => Refused(
        new TinyGraphModel(1, 2, 2).Constant("times", [4], [4, 1, 1, 1]).Node("Tile", "tile", ["input", "times"]).Node("Square", "out", ["tile"]), "'tile'", "BatchToSpaceND");

    [Fact]
    public void Copies_of_another_count_than_the_block_are_refused() => Refused(Doubled(times: 2), "blocks");

    [Fact]
    public void Crops_are_refused() => Refused(Doubled(crop: 1), "crops");

    [Fact]
    public void An_unknown_operation_is_named_with_the_known_ones() => Refused(new TinyGraphModel(2).Node("LSTMBlock", "out", ["input"]), "node 'out'", "LSTMBlock", "Rsqrt");

    [Fact]
    public void A_node_needs_the_nodes_before_it() => Refused(new TinyGraphModel(2).Node("Square", "out", ["later"]), "'later'");

    [Fact]
    public void A_node_needs_its_inputs() => Refused(new TinyGraphModel(2).Node("Add", "out", ["input"]), "2 inputs");

    [Fact]
    public void A_control_input_is_refused() => Refused(new TinyGraphModel(2).Node("Square", "out", ["^input"]), "^input");

    [Fact]
    public void A_second_result_is_refused() => Refused(new TinyGraphModel(2).Node("Square", "out", ["input:1"]), "input:1");

    [Fact]
    public void Shapes_that_do_not_fit_are_refused() => Refused(new TinyGraphModel(2).Constant("c", [3], 1, 2, 3).Node("Add", "out", ["input", "c"]), "[2]", "[3]");

    [Fact]
    public void Two_constants_are_refused() => Refused(new TinyGraphModel(2).Constant("c", [], 1).Constant("d", [], 2).Node("Add", "out", ["c", "d"]), "neither");

    [Fact]
    public void Whole_numbers_are_no_operand() => Refused(new TinyGraphModel(2).Constant("c", [1], [1]).Node("Add", "out", ["input", "c"]), "Int32");

    [Fact]
    public void A_constant_without_weights_is_refused()
    {
        var model = new TinyGraphModel(2).Constant("c", [], 1).Node("Add", "out", ["input", "c"]);
        model.Spoil = json => json["weightsManifest"]![0]!["weights"]![0]!["name"] = "other";
        Refused(model, "'c'");
    }

    [Fact]
    public void A_kernel_for_other_channels_is_refused() =>
        Refused(new TinyGraphModel(1, 1, 2).Constant("kernel", [1, 1, 1, 1], 1).Node("Conv2D", "out", ["input", "kernel"], Convolution("SAME")), "2 channels");

    [Fact]
    public void A_mean_that_drops_its_dimension_is_refused() => Refused(new TinyGraphModel(2).Constant("axis", [1], [-1]).Node("Mean", "out", ["input", "axis"]), "kept");

    [Fact]
    public void A_mean_of_rows_is_refused() => Refused(new TinyGraphModel(1, 1, 2).Constant("axis", [1], [1]).Node("Mean", "out", ["input", "axis"], Kept), "channels");

    [Fact]
    public void Two_nodes_of_one_name_are_refused() => Refused(new TinyGraphModel(2).Node("Square", "out", ["input"]).Node("Square", "out", ["input"]), "two");

    private static TinyGraphModel Doubled(int times = 4, int crop = 0) => new TinyGraphModel(2, 2, 1)
        .Constant("times", [4], [times, 1, 1, 1]).Constant("block", [2], [2, 2]).Constant("crops", [2, 2], [crop, 0, 0, 0])
        .Node("Tile", "tile", ["input", "times"]).Node("BatchToSpaceND", "out", ["tile", "block", "crops"]);

    private static string Convolution(string padding) => new JsonObject
    {
        ["padding"] = Bytes(padding), ["data_format"] = Bytes("NHWC"), ["strides"] = Ones(), ["dilations"] = Ones(),
    }.ToJsonString();

    private static JsonObject Bytes(string text) => new() { ["s"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text)) };

    private static JsonObject Ones() => new() { ["list"] = new JsonObject { ["i"] = new JsonArray("1", "1", "1", "1") } };

    private static void Refused(TinyGraphModel model, params string[] said)
    {
        var error = Assert.Throws<VeilException>(model.Convert);
        Assert.Equal(VeilErrorCode.InvalidModel, error.Code);
        Assert.All(said, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    private static void Equal(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-4f * Math.Max(1, Math.Abs(pair.First))));
    }
}
