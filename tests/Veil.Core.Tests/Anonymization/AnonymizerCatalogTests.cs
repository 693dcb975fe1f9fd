using Veil.Anonymization;
using Veil.Anonymization.Methods;
using Veil.Errors;
using Veil.Imaging;

namespace Veil.Core.Tests.Anonymization;

public sealed class AnonymizerCatalogTests
{
    private readonly AnonymizerCatalog _catalog = new(new MethodEngines { Stickers = _ => new PixelBuffer(1, 1, PixelFormat.Rgba32) });

    [Fact]
    public void A_method_is_found_by_its_name_in_any_case() => Assert.Equal("solid", _catalog.Find("Solid").Id);

    [Fact]
    public void An_unknown_method_is_an_error_that_lists_the_known_ones()
    {
        var error = Assert.Throws<VeilException>(() => _catalog.Find("blurr"));
        Assert.Equal(VeilErrorCode.InvalidOption, error.Code);
        Assert.All(_catalog.All, method => Assert.Contains(method.Id, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void An_unknown_preset_is_an_error_that_lists_the_known_ones()
    {
        var error = Assert.Throws<VeilException>(() => _catalog.FindPreset("face-replace/blurr"));
        Assert.Equal(VeilErrorCode.InvalidOption, error.Code);
        Assert.Contains("face-replace/black-bar", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Presets_have_names_of_their_own_and_valid_options()
    {
        var presets = _catalog.All.SelectMany(method => method.Presets.Select(preset => (method, preset))).ToArray();
        Assert.Equal(presets.Length, presets.Select(pair => pair.preset.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(presets, pair =>
        {
            pair.method.Validate(pair.preset.Options);
            Assert.Equal((pair.method, pair.preset), _catalog.FindPreset(pair.preset.Name));
        });
    }

    [Fact]
    public void Every_option_is_described_and_every_number_has_a_range()
    {
        foreach (var option in _catalog.All.SelectMany(MethodOptionsBinder.Describe))
        {
            Assert.NotEmpty(option.Description);
            Assert.True(option.Name == "seed" || option.Type is not ("length" or "integer" or "number") || option.Range.Length > 0, option.Name);
        }
    }

    [Fact]
    public void Stickers_are_loaded_when_a_method_that_needs_them_is_made_and_by_the_names_given()
    {
        var names = new List<string>();
        var catalog = new AnonymizerCatalog(new MethodEngines
        {
            Stickers = name =>
            {
                names.Add(name);
                return new PixelBuffer(1, 1, PixelFormat.Rgba32);
            },
        });
        catalog.Find("solid").Create();
        Assert.Empty(names);
        catalog.Find("emoji").Create();
        Assert.Equal(EmojiAnonymizer.Faces, names);
        names.Clear();
        catalog.Find("emoji").Create(new EmojiOptions { Emoji = "cat" });
        catalog.Find("image").Create(new ImageOptions { Picture = "dir/logo.png" });
        Assert.Equal(["cat", "dir/logo.png"], names);
        Assert.Throws<VeilException>(() => catalog.Find("image").Create());
    }
}
