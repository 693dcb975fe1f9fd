using System.Numerics;
using System.Runtime.InteropServices;
using Veil.Errors;
using Veil.TensorFlowLite.Inference;

namespace Veil.TensorFlowLite.Bodies;

/// <summary>
/// An EfficientDet-Lite network without its last step. The files end in TFLite_Detection_PostProcess, which returns 25
/// objects of all classes together, of which the stronger suppress those they overlap, whatever they are: a rider behind a
/// horse, the 26th person of a crowd would be lost. Cut off before it, the network gives what that step reads: box and
/// class logits of every anchor, in the bytes they are computed in.
/// </summary>
/// <param name="Network">The model file, cut.</param>
/// <param name="Anchors">Middle and size of every anchor, as shares of the input's side.</param>
internal sealed record EfficientDetGraph(byte[] Network, EfficientDetGraph.Anchor[] Anchors)
{
    // Fields of tensorflow/lite/schema/schema.fbs, by number.
    private const int ModelCodes = 1;
    private const int ModelGraphs = 2;
    private const int ModelBuffers = 4;
    private const int CodeBuiltinOnce = 0;
    private const int CodeBuiltin = 3;
    private const int GraphTensors = 0;
    private const int GraphOutputs = 2;
    private const int GraphSteps = 3;
    private const int TensorBuffer = 2;
    private const int StepCode = 0;
    private const int StepInputs = 1;
    private const int StepOutputs = 2;
    private const int BufferData = 0;

    // BuiltinOperator of the same schema.
    private const int Dequantize = 6;
    private const int Logistic = 14;
    private const int Custom = 32;

    private const string Expected = "Expected EfficientDet-Lite, a network whose last step turns boxes, scores and anchors into objects, but received another one.";

    /// <summary>Cuts a network.</summary>
    /// <param name="file">A <c>.tflite</c> file; not changed.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: damaged, or of another kind.</exception>
    public static EfficientDetGraph Cut(byte[] file)
    {
        var network = (byte[])file.Clone();
        var model = FlatTable.Root(network);
        var graphs = model.Tables(ModelGraphs);
        Require(graphs.Length == 1);
        var graph = graphs[0];
        int[] kinds = [.. model.Tables(ModelCodes).Select(code => Math.Max(code.Int8(CodeBuiltinOnce), code.Int32(CodeBuiltin)))];
        Step[] steps = [.. graph.Tables(GraphSteps).Select(table => Step.Read(table, kinds))];
        Require(steps is [.., { Kind: Custom, Inputs.Length: 3 }]);
        var last = steps[^1];
        var boxes = Maker(steps, last.Inputs[0], Dequantize);
        var scores = Maker(steps, last.Inputs[1], Dequantize);
        var logits = Maker(steps, scores.Inputs[0], Logistic);
        var anchors = ReadAnchors(model, graph, last.Inputs[2]);

        Step[] kept = [.. steps.Where(step => step != last && step != boxes && step != scores && step != logits)];
        for (var i = 0; i < kept.Length; i++)
        {
            graph.Replace(GraphSteps, i, kept[i].Table);
        }

        graph.Shorten(GraphSteps, kept.Length);
        graph.Shorten(GraphOutputs, 2);
        int[] outputs = [boxes.Inputs[0], logits.Inputs[0]];
        outputs.CopyTo(graph.Numbers<int>(GraphOutputs));
        return new EfficientDetGraph(network, anchors);
    }

    private static Anchor[] ReadAnchors(FlatTable model, FlatTable graph, int index)
    {
        var tensors = graph.Tables(GraphTensors);
        Require((uint)index < (uint)tensors.Length);
        var buffers = model.Tables(ModelBuffers);
        var buffer = tensors[index].Int32(TensorBuffer);
        Require((uint)buffer < (uint)buffers.Length);
        var values = MemoryMarshal.Cast<byte, float>(buffers[buffer].Numbers<byte>(BufferData));
        Require(values.Length > 0 && values.Length % 4 == 0);
        var anchors = new Anchor[values.Length / 4];
        for (var i = 0; i < anchors.Length; i++)
        {
            var (y, x, height, width) = (values[4 * i], values[(4 * i) + 1], values[(4 * i) + 2], values[(4 * i) + 3]);
            anchors[i] = new Anchor(new Vector2(x, y), new Vector2(width, height));
        }

        return anchors;
    }

    private static Step Maker(Step[] steps, int tensor, int kind)
    {
        var maker = steps.FirstOrDefault(step => step.Outputs is [var made] && made == tensor);
        Require(maker is { Inputs.Length: 1 } && maker.Kind == kind);
        return maker!;
    }

    private static void Require(bool sound)
    {
        if (!sound)
        {
            throw new VeilException(VeilErrorCode.InvalidModel, Expected, "Get the file again.");
        }
    }

    /// <summary>Where a box is when its logits are 0.</summary>
    /// <param name="Center">Its middle.</param>
    /// <param name="Size">Its width and height.</param>
    public readonly record struct Anchor(Vector2 Center, Vector2 Size);

    private sealed record Step(FlatTable Table, int Kind, int[] Inputs, int[] Outputs)
    {
        public static Step Read(FlatTable table, int[] kinds)
        {
            var code = table.Int32(StepCode);
            Require((uint)code < (uint)kinds.Length);
            return new Step(table, kinds[code], table.Numbers<int>(StepInputs).ToArray(), table.Numbers<int>(StepOutputs).ToArray());
        }
    }
}
