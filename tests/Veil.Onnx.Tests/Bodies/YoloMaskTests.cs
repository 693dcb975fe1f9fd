using Veil.Imaging;
using Veil.Onnx.Bodies;
using Veil.Onnx.Inference;
using Veil.Regions;

namespace Veil.Onnx.Tests.Bodies;

public sealed class YoloMaskTests
{
    private const int Side = 20;

    [Fact]
    public void A_weighted_sum_of_prototypes_is_cut_to_the_box_and_brought_to_the_picture()
    {
        // Prototype 3 says yes in the left half, prototype 4 says no everywhere by a little.
        var prototypes = new float[YoloMask.Prototypes * Side * Side];
        for (var i = 0; i < Side * Side; i++)
        {
            prototypes[(3 * Side * Side) + i] = i % Side < 10 ? 1 : -1;
            prototypes[(4 * Side * Side) + i] = -0.5f;
        }

        var weights = new float[YoloMask.Prototypes];
        (weights[3], weights[4]) = (5, 1);
        var window = new SourceWindow(100, 50, 0.5f, 80, 80);
        var mask = YoloMask.Draw(prototypes, Side, weights, new Box(8, 16, 60, 56), window, new PixelRect(0, 0, 400, 400))!;
        Assert.Equal(255, mask[100 + 20, 50 + 60]);
        Assert.Equal(255, mask[100 + 78, 50 + 60]);
        Assert.Equal(0, mask[100 + 110, 50 + 60]);
        Assert.Equal(0, mask[100 + 20, 50 + 10]);
        Assert.Equal(0, mask[100 + 20, 50 + 140]);
    }

    [Fact]
    public void A_mask_that_fills_little_of_its_box_is_none()
    {
        var prototypes = new float[YoloMask.Prototypes * Side * Side];
        Array.Fill(prototypes, -1);
        prototypes[(8 * Side) + 8] = 100;
        var weights = new float[YoloMask.Prototypes];
        Array.Fill(weights, 1);
        Assert.Null(YoloMask.Draw(prototypes, Side, weights, new Box(4, 4, 76, 76), new SourceWindow(0, 0, 1, 80, 80), new PixelRect(0, 0, 80, 80)));
    }

    [Fact]
    public void A_box_outside_has_no_mask() => Assert.Null(YoloMask.Draw(
        new float[YoloMask.Prototypes * Side * Side], Side, new float[YoloMask.Prototypes], new Box(200, 200, 260, 260), new SourceWindow(0, 0, 1, 80, 80), new PixelRect(0, 0, 80, 80)));
}
