using Veil.Anonymization;
using Veil.Imaging;

namespace Veil.Core.Tests.Anonymization;

public sealed class MethodWarningTests
{
    private static readonly AnonymizerCatalog Catalog = new(_ => new PixelBuffer(1, 1, PixelFormat.Rgba32));

    [Theory]
    [InlineData("gaussian", "sigma=0.3", null)]
    [InlineData("gaussian", "sigma=0.29", ".044")]
    [InlineData("gaussian", "sigma=0.1", ".103")]
    [InlineData("gaussian", "sigma=0.01", "even at .05 of the face")]
    [InlineData("gaussian", "sigma=30px", ".103")]
    [InlineData("pixelate", "cell=0.25", null)]
    [InlineData("pixelate", "grid=16", ".081")]
    [InlineData("pixelate", "grid=32", ".081")]
    [InlineData("pixelate", "cell=10px", "larger ones are hidden less")]
    [InlineData("box", "kernel=0.5", ".085")]
    [InlineData("box", "kernel=1.1", null)]
    [InlineData("median", "kernel=2", ".154")]
    [InlineData("bilateral", "sigma-color=500", ".967")]
    [InlineData("closing", "kernel=0.5", ".279")]
    public void A_weak_strength_is_named_with_what_was_measured(string id, string option, string? figure)
    {
        var method = Catalog.Find(id);
        var pair = option.Split('=');
        var warning = method.Assess(MethodOptionsBinder.Bind(method, [new(pair[0], pair[1])]));
        if (figure is null)
        {
            Assert.Null(warning);
            return;
        }

        Assert.Contains(figure, warning!.Message, StringComparison.Ordinal);
        Assert.Contains("chance .004", warning.Message, StringComparison.Ordinal);
        Assert.NotEmpty(warning.Hint);
    }

    [Fact]
    public void Defaults_that_can_be_strong_are()
    {
        foreach (var method in Catalog.All.Where(method => method.Id is not ("median" or "bilateral" or "closing" or "image")))
        {
            Assert.Null(method.Assess(method.Defaults));
        }
    }
}
