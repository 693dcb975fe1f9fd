using Veil.Errors;
using Veil.Onnx.Decoders;
using Veil.Onnx.Inference;
using Veil.Regions;

namespace Veil.Onnx.Tests.Decoders;

public class DecoderTests
{
    [Fact]
    public void RetinaFace_places_an_anchor_at_the_centre_of_its_first_cell()
    {
        List<ModelOutput> outputs = [];
        foreach (var cells in new[] { 1, 4, 16 })
        {
            outputs.Add(new ModelOutput("p", [1, 4, 1, cells], new float[4 * cells]));
            outputs.Add(new ModelOutput("b", [1, 8, 1, cells], new float[8 * cells]));
            outputs.Add(new ModelOutput("l", [1, 20, 1, cells], new float[20 * cells]));
        }

        // Stride 8, second anchor (16 px), cell (1, 0): scores are two planes of background, then two of face.
        var scores = new float[64];
        scores[(3 * 16) + 1] = 0.9f;
        outputs[6] = new ModelOutput("p", [1, 4, 4, 4], scores);
        var face = Assert.Single(Decode(new RetinaFaceDecoder(), outputs, 32));
        Assert.Equal(new Box(8, 0, 24, 16), face.Box);
        Assert.Equal(16, face.Landmarks!.Nose.X);
    }

    [Fact]
    public void YuNet_multiplies_scores_and_reads_centre_and_size()
    {
        List<ModelOutput> outputs = [];
        foreach (var values in new[] { 1, 1, 4, 10 })
        {
            foreach (var cells in new[] { 16, 4, 1 })
            {
                outputs.Add(new ModelOutput("o", [1, cells, values], new float[cells * values]));
            }
        }

        var one = new float[16];
        one[5] = 0.81f;
        var all = new float[16];
        Array.Fill(all, 1);
        outputs[0] = new ModelOutput("cls_8", [1, 16, 1], one);
        outputs[3] = new ModelOutput("obj_8", [1, 16, 1], all);
        var face = Assert.Single(Decode(new YuNetDecoder(), outputs, 32));
        Assert.Equal(0.9f, face.Score, 1e-4f);
        Assert.Equal(new Box(4, 4, 12, 12), face.Box);
    }

    [Fact]
    public void Scrfd_measures_edges_from_the_cell_corner()
    {
        List<ModelOutput> outputs = [];
        foreach (var values in new[] { 1, 4, 10 })
        {
            foreach (var rows in new[] { 32, 8, 2 })
            {
                outputs.Add(new ModelOutput("o", [1, rows, values], new float[rows * values]));
            }
        }

        var edges = new float[8];
        (edges[4], edges[5], edges[6], edges[7]) = (0, 0, 0.5f, 1);
        outputs[2] = new ModelOutput("s", [1, 2, 1], [0.1f, 0.8f]);
        outputs[5] = new ModelOutput("b", [1, 2, 4], edges);
        Assert.Equal(new Box(0, 0, 16, 32), Assert.Single(Decode(new ScrfdDecoder(), outputs, 32)).Box);
    }

    [Fact]
    public void Yolo_v5_multiplies_objectness_and_class() =>
        Assert.Equal(
            new Candidate(new Box(5, 15, 15, 25), 0.9f * 0.8f, null),
            Assert.Single(Decode(new YoloV5Decoder(), [new ModelOutput("o", [1, 2, 6], [10, 20, 10, 10, 0.9f, 0.8f, 1, 1, 1, 1, 0.1f, 1])], 32)));

    [Fact]
    public void Yolo_v8_reads_columns() =>
        Assert.Equal(
            new Candidate(new Box(5, 15, 15, 25), 0.9f, null),
            Assert.Single(Decode(new YoloV8Decoder(), [new ModelOutput("o", [1, 5, 2], [10, 1, 20, 1, 10, 1, 10, 1, 0.9f, 0.1f])], 32)));

    [Fact]
    public void UltraFace_scales_fractions() =>
        Assert.Equal(
            new Box(8, 16, 24, 32),
            Assert.Single(Decode(new UltraFaceDecoder(), [new ModelOutput("s", [1, 1, 2], [0.1f, 0.9f]), new ModelOutput("b", [1, 1, 4], [0.25f, 0.5f, 0.75f, 1])], 32)).Box);

    [Fact]
    public void CenterFace_reads_log_sizes_and_offsets()
    {
        var heat = new float[64];
        heat[9] = 0.8f;
        var face = Assert.Single(Decode(
            new CenterFaceDecoder(),
            [new("h", [1, 1, 8, 8], heat), new("s", [1, 2, 8, 8], new float[128]), new("o", [1, 2, 8, 8], new float[128]), new("l", [1, 10, 8, 8], new float[640])],
            32));
        Assert.Equal(new Box(4, 4, 8, 8), face.Box);
    }

    [Fact]
    public void Outputs_of_another_size_are_refused() =>
        Assert.Equal(VeilErrorCode.DetectionFailed, Assert.Throws<VeilException>(() => Decode(
            new UltraFaceDecoder(), [new ModelOutput("s", [1, 2, 2], new float[4]), new ModelOutput("b", [1, 1, 4], new float[4])], 32)).Code);

    [Fact]
    public void An_unknown_layout_names_the_known_ones_and_the_shapes_received()
    {
        var signature = new ModelSignature([new TensorSpec("x", [1, 3, -1, -1])], [new TensorSpec("y", [1, 1000])]);
        var error = Assert.Throws<VeilException>(() => FaceLayouts.Recognize("mine", signature));
        Assert.Equal(VeilErrorCode.InvalidModel, error.Code);
        Assert.Contains("y 1×1000", error.Message, StringComparison.Ordinal);
        Assert.Contains("yunet", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Layout_names_can_be_read_back() =>
        Assert.All(Enum.GetValues<FaceLayout>(), layout => Assert.Equal(layout, FaceLayouts.Parse(FaceLayouts.Id(layout))));

    private static List<Candidate> Decode(IFaceDecoder decoder, IReadOnlyList<ModelOutput> outputs, int side)
    {
        var found = new List<Candidate>();
        decoder.Decode(outputs, side, side, 0.5f, found);
        return found;
    }
}
