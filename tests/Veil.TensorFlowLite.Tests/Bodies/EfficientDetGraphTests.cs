using Veil.Errors;
using Veil.TensorFlowLite.Bodies;
using Veil.TensorFlowLite.Inference;

namespace Veil.TensorFlowLite.Tests.Bodies;

public sealed class EfficientDetGraphTests
{
    [Fact]
    public void A_cut_network_gives_boxes_and_classes_of_every_anchor()
    {
        var before = Models.People.ToArray();
        var graph = EfficientDetGraph.Cut(Models.People);
        Assert.Equal(before, Models.People);
        using var model = new TfLiteModel(graph.Network);
        using var interpreter = new TfLiteInterpreter(model);
        Assert.Equal(
            [$"SignedBytes 1×{graph.Anchors.Length}×4", $"SignedBytes 1×{graph.Anchors.Length}×90"],
            interpreter.Outputs.Select(output => output.ToString()));
        Assert.All(interpreter.Outputs, output => Assert.True(output.Scale > 0));
        Assert.Equal(37629, graph.Anchors.Length);
        Assert.All(graph.Anchors, anchor => Assert.True(anchor is { Center: { X: > 0 and < 1, Y: > 0 and < 1 }, Size: { X: > 0, Y: > 0 } }));
    }

    [Fact]
    public void Files_of_another_kind_are_refused()
    {
        foreach (var file in new[] { [], [1, 2, 3], new byte[4096], Models.Network, Models.Pose, EfficientDetGraph.Cut(Models.People).Network })
        {
            Refused(file);
        }
    }

    [Fact]
    public void Files_cut_short_or_altered_anywhere_are_refused_or_read_but_never_read_beyond()
    {
        var file = Models.People;
        foreach (var length in new[] { 3, 8, 100, 5_000, file.Length / 2, file.Length - 10_000 })
        {
            Refused(file[..length]);
        }

        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var altered = (byte[])file.Clone();
            for (var i = 0; i < 20; i++)
            {
                // Tables lie at the end of the file, weights before them.
                altered[random.Next(altered.Length - 200_000, altered.Length)] = (byte)random.Next(256);
                altered[random.Next(64)] = (byte)random.Next(256);
            }

            try
            {
                EfficientDetGraph.Cut(altered);
            }
            catch (VeilException refused)
            {
                Assert.Equal(VeilErrorCode.InvalidModel, refused.Code);
            }
        }
    }

    private static void Refused(byte[] file) =>
        Assert.Equal(VeilErrorCode.InvalidModel, Assert.Throws<VeilException>(() => EfficientDetGraph.Cut(file)).Code);
}
