using Veil.Anonymization;
using Veil.Imaging;

namespace Veil.Core.Tests.Anonymization;

public sealed class MethodWarningTests
{
    private static readonly AnonymizerCatalog Catalog = new(new MethodEngines { Stickers = _ => new PixelBuffer(1, 1, PixelFormat.Rgba32) });

    [Theory]
    [InlineData("gaussian", "sigma=0.5", ".027")]
    [InlineData("gaussian", "sigma=0.3", ".049")]
    [InlineData("gaussian", "sigma=0.29", ".092")]
    [InlineData("gaussian", "sigma=0.1", ".322")]
    [InlineData("gaussian", "sigma=0.01", "even at .05 of the face")]
    [InlineData("gaussian", "sigma=30px", ".322")]
    [InlineData("pixelate", "cell=1", null)]
    [InlineData("pixelate", "cell=0.25", ".075")]
    [InlineData("pixelate", "grid=16", ".761")]
    [InlineData("pixelate", "grid=32", ".761")]
    [InlineData("pixelate", "cell=10px", "larger ones are hidden less")]
    [InlineData("box", "kernel=0.5", ".774")]
    [InlineData("box", "kernel=1.1", ".402")]
    [InlineData("median", "kernel=0.5", ".096")]
    [InlineData("bilateral", "sigma-color=500", ".932")]
    [InlineData("closing", "kernel=0.5", ".061")]
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

    [Theory]
    [InlineData("veil")]
    [InlineData("solid")]
    [InlineData("emoji")]
    public void Methods_that_keep_next_to_nothing_never_warn(string id)
    {
        var method = Catalog.Find(id);

        Assert.Null(method.Assess(method.Defaults));
    }

    /// <summary>The others degrade the face, and were measured above five times chance even as strong as they are by default.</summary>
    [Fact]
    public void Methods_that_only_degrade_warn_at_their_defaults()
    {
        foreach (var method in Catalog.All.Where(method => method.Guarantee == Guarantee.Obfuscating))
        {
            Assert.NotNull(method.Assess(method.Defaults));
        }
    }
}
