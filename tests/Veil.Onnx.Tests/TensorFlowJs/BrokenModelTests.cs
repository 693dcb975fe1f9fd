using System.Text;
using System.Text.Json.Nodes;
using Veil.Errors;
using Veil.Onnx.TensorFlowJs;

namespace Veil.Onnx.Tests.TensorFlowJs;

/// <summary>Files that are not what they say: each is refused with a sentence that says what is wrong.</summary>
public class BrokenModelTests
{
    [Fact]
    public void A_tensor_may_begin_in_one_shard_and_end_in_the_next()
    {
        var model = Model();
        foreach (var cut in Enumerable.Range(0, 13))
        {
            model.Cut = cut;
            Assert.Equal([1, 2], model.Read().Weight("dense/kernel").Floats.ToArray());
        }
    }

    [Fact]
    public void A_truncated_shard_names_the_tensor_that_it_cuts() => Refused(model => model.Trailing = -1, "dense/bias", "hold 3 more");

    [Fact]
    public void Left_over_bytes_are_refused() => Refused(model => model.Trailing = 1, "1 bytes are left over");

    [Fact]
    public void A_missing_shard_is_named() => Refused(json => json["weightsManifest"]![0]!["paths"]![1] = "3.bin", "3.bin");

    [Fact]
    public void A_quantised_tensor_is_refused() => Refused(json => Tensor(json, 0)["quantization"] = new JsonObject { ["dtype"] = "uint8" }, "dense/kernel", "quantised");

    [Fact]
    public void A_type_that_is_not_read_is_named() => Refused(json => Tensor(json, 0)["dtype"] = "bool", "bool");

    [Fact]
    public void A_shape_that_no_shard_can_hold_allocates_nothing() => Refused(json => Tensor(json, 0)["shape"] = new JsonArray(2147483647), "dense/kernel");

    [Fact]
    public void A_shape_whose_product_overflows_is_refused() => Refused(json => Tensor(json, 0)["shape"] = new JsonArray(2147483647, 2147483647, 4), "dense/kernel");

    [Fact]
    public void A_negative_size_is_refused() => Refused(json => Tensor(json, 0)["shape"] = new JsonArray(-1, -2), "dense/kernel");

    [Fact]
    public void Two_tensors_of_one_name_are_refused() => Refused(json => Tensor(json, 1)["name"] = "dense/kernel", "two");

    [Fact]
    public void Weights_of_another_shape_are_refused() => Refused(json => Tensor(json, 0)["shape"] = new JsonArray(1, 2), "[2, 1]", "[1, 2]");

    [Fact]
    public void Missing_weights_are_named() => Refused(json => Tensor(json, 0)["name"] = "other", "dense/kernel");

    [Fact]
    public void An_unknown_layer_is_named_with_the_known_ones() => Refused(json => Layer(json, 2)["class_name"] = "LSTM", "layer 'dense'", "LSTM", "Conv2D");

    [Fact]
    public void An_unknown_activation_is_named() => Refused(json => Layer(json, 2)["config"]!["activation"] = "swish", "swish");

    [Fact]
    public void A_layer_needs_the_layers_before_it() => Refused(json => Layer(json, 1)["inbound_nodes"]![0]![0]![0] = "dense", "'dense' before it");

    [Fact]
    public void Two_layers_of_one_name_are_refused() => Refused(json => Layer(json, 2)["name"] = "pool", "two");

    [Fact]
    public void A_layer_that_is_called_twice_is_refused() => Refused(json => Layer(json, 1)["inbound_nodes"]!.AsArray().Add(Layer(json, 1)["inbound_nodes"]![0]!.DeepClone()), "2 times");

    [Fact]
    public void An_open_picture_size_is_refused() => Refused(json => Layer(json, 0)["config"]!["batch_input_shape"]![1] = null, "batch_input_shape");

    [Fact]
    public void A_setting_of_another_type_is_refused() => Refused(json => Layer(json, 2)["config"]!["units"] = "one", "units");

    [Fact]
    public void A_missing_setting_is_named() => Refused(json => Layer(json, 2)["config"]!.AsObject().Remove("use_bias"), "use_bias");

    [Fact]
    public void Another_format_is_named() => Refused(json => json["format"] = "graph-model", "graph-model");

    [Fact]
    public void A_sequential_model_is_refused() => Refused(json => json["modelTopology"]!["model_config"]!["class_name"] = "Sequential", "Sequential");

    [Fact]
    public void What_is_not_JSON_is_refused()
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["model.json"] = "{\"format\":"u8.ToArray() };
        Assert.Equal(VeilErrorCode.InvalidModel, Assert.Throws<VeilException>(() => TensorFlowJsModel.Read("tiny", TensorFlowJsModel.Layers, files)).Code);
    }

    [Theory]
    [InlineData("""{"format":"\ud800"}""", "to be text")]
    [InlineData("[]", "to be there")]
    [InlineData("""{"format":["layers-model"]}""", "to be text")]
    public void Other_JSON_is_refused(string json, string said)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["model.json"] = Encoding.UTF8.GetBytes(json) };
        Assert.Contains(said, Assert.Throws<VeilException>(() => TensorFlowJsModel.Read("tiny", TensorFlowJsModel.Layers, files)).Message, StringComparison.Ordinal);
    }

    private static TinyKerasModel Model() => new TinyKerasModel(1, 1, 2)
        .Layer("GlobalAveragePooling2D", "pool", "\"data_format\":\"channels_last\"")
        .Layer("Dense", "dense", "\"units\":1,\"use_bias\":true,\"activation\":\"linear\"")
        .Weight("dense/kernel", [2, 1], 1, 2).Weight("dense/bias", [1], 3);

    private static JsonNode Tensor(JsonNode json, int index) => json["weightsManifest"]![0]!["weights"]![index]!;

    private static JsonNode Layer(JsonNode json, int index) => json["modelTopology"]!["model_config"]!["config"]!["layers"]![index]!;

    private static void Refused(Action<JsonNode> spoil, params string[] said) => Refused(model => model.Spoil = spoil, said);

    private static void Refused(Action<TinyKerasModel> change, params string[] said)
    {
        var model = Model();
        change(model);
        var error = Assert.Throws<VeilException>(model.Convert);
        Assert.Equal(VeilErrorCode.InvalidModel, error.Code);
        Assert.All(said, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }
}
