using Veil.Anonymization;
using Veil.Errors;
using Veil.Onnx.TensorFlowJs;

namespace Veil.Onnx.Tests.TensorFlowJs;

/// <summary>Files of which some bytes are others: they are converted or refused, and nothing else happens.</summary>
public class MutatedModelTests
{
    private const int Mutations = 3000;

    [Fact]
    public void A_mutated_Keras_model_is_converted_or_refused()
    {
        var files = new TinyKerasModel(4, 4, 2)
            .Layer("ZeroPadding2D", "pad", "\"padding\":[[1,1],[1,1]],\"data_format\":\"channels_last\"")
            .Layer("Conv2D", "conv", "\"filters\":2,\"kernel_size\":[3,3],\"strides\":[1,1],\"dilation_rate\":[1,1],\"padding\":\"same\",\"use_bias\":false,\"activation\":\"relu\",\"data_format\":\"channels_last\"")
            .Layer("MaxPooling2D", "pool", "\"pool_size\":[2,2],\"strides\":[2,2],\"padding\":\"valid\",\"data_format\":\"channels_last\"")
            .Layer("Add", "sum", "", "pool", "pool")
            .Weight("conv/kernel", [3, 3, 2, 2], new float[36])
            .Files();
        Try(files, mutated => KerasConverter.ToOnnx(TensorFlowJsModel.Read("tiny", TensorFlowJsModel.Layers, mutated), ["sum"]));
    }

    [Fact]
    public void A_mutated_graph_is_converted_or_refused()
    {
        var model = new TinyGraphModel(2, 2, 1)
            .Constant("times", [4], [4, 1, 1, 1]).Constant("block", [2], [2, 2]).Constant("crops", [2, 2], [0, 0, 0, 0]).Constant("axis", [1], [-1]).Constant("c", [1], 2)
            .Node("Tile", "tile", ["input", "times"]).Node("BatchToSpaceND", "large", ["tile", "block", "crops"])
            .Node("Mean", "mean", ["large", "axis"], """{"keep_dims":{"b":true}}""").Node("Rsqrt", "root", ["mean"]).Node("Mul", "out", ["root", "c"]);
        Try(model.Files(), mutated => model.Convert(mutated));
    }

    private static void Try(Dictionary<string, byte[]> files, Action<Dictionary<string, byte[]>> convert)
    {
        convert(files);
        var (original, random, refused) = (files["model.json"], new SplitMix64(1), 0);
        for (var i = 0; i < Mutations; i++)
        {
            var mutated = (byte[])original.Clone();
            for (var bytes = random.Below(3); bytes >= 0; bytes--)
            {
                // Half of them put one part of the file over another, which keeps it JSON more often.
                var (from, to, length) = (random.Below(mutated.Length), random.Below(mutated.Length), 1 + random.Below(12));
                length = Math.Min(length, mutated.Length - Math.Max(from, to));
                if (random.Below(2) == 0)
                {
                    original.AsSpan(from, length).CopyTo(mutated.AsSpan(to));
                }
                else
                {
                    mutated[to] = (byte)random.Below(256);
                }
            }

            try
            {
                convert(new Dictionary<string, byte[]>(files, StringComparer.Ordinal) { ["model.json"] = mutated });
            }
            catch (VeilException refusal) when (refusal.Code == VeilErrorCode.InvalidModel)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1, Mutations - 1);
    }
}
