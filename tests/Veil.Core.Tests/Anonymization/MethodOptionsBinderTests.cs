using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using Veil.Anonymization;
using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Core.Tests.Anonymization;

public sealed class MethodOptionsBinderTests
{
    private static readonly AnonymizerDescriptor Sample = AnonymizerDescriptor.Of<SampleOptions>(
        "sample", "for tests", Guarantee.Irreversible, _ => new Nothing());

    public enum Place
    {
        Here,
        OverThere,
    }

    [Fact]
    public void Every_type_is_read_from_text()
    {
        var options = (SampleOptions)Bind("blur-size=30px", "COLOR=#102030", "place=over-there", "kernelSize=7", "weight=0.25", "name=a=b", "seed=-3");
        Assert.Equal(
            new SampleOptions { BlurSize = Length.Pixels(30), Color = new Rgb(16, 32, 48), Place = Place.OverThere, KernelSize = 7, Weight = 0.25f, Name = "a=b", Seed = -3 },
            options);
    }

    [Fact]
    public void What_is_not_given_keeps_its_start()
    {
        var start = new SampleOptions { KernelSize = 9, Name = "x" };
        var options = (SampleOptions)MethodOptionsBinder.Bind(Sample, [new("name", "y")], start);
        Assert.Equal(start with { Name = "y" }, options);
        Assert.Equal("x", start.Name);
        Assert.Equal(new SampleOptions(), MethodOptionsBinder.Bind(Sample, []));
    }

    [Fact]
    public void A_json_object_is_read_alike()
    {
        using var json = JsonDocument.Parse("""{"blurSize": 0.5, "place": "overThere", "kernel-size": 5, "weight": 1e-1, "color": "red", "name": null}""");
        Assert.Equal(
            new SampleOptions { BlurSize = Length.Relative(0.5f), Place = Place.OverThere, KernelSize = 5, Weight = 0.1f, Color = new Rgb(255, 0, 0) },
            MethodOptionsBinder.Bind(Sample, json.RootElement));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"kernelSize": true}""")]
    [InlineData("""{"kernelSize": {"value": 3}}""")]
    [InlineData("""{"kernelSize": 3.5}""")]
    [InlineData("""{"\ud800": 3}""")]
    [InlineData("""{"name": "\udc00"}""")]
    public void Json_of_another_shape_is_an_error(string text)
    {
        using var json = JsonDocument.Parse(text);
        var error = Assert.Throws<VeilException>(() => MethodOptionsBinder.Bind(Sample, json.RootElement));
        Assert.Equal(VeilErrorCode.InvalidOption, error.Code);
    }

    [Theory]
    [InlineData("strength=3", "no option 'strength'")]
    [InlineData("blur-size=big", "expected length for option 'blur-size', but received 'big'")]
    [InlineData("place=nowhere", "expected here|over-there")]
    [InlineData("place=1", "expected here|over-there")]
    [InlineData("kernel-size=1,5", "expected integer")]
    [InlineData("weight=NaN", "expected number")]
    [InlineData("weight=0,5", "expected number")]
    [InlineData("color=blak", "expected colour")]
    public void A_wrong_name_or_value_is_an_error_that_lists_the_known_options(string pair, string message)
    {
        var error = Assert.Throws<VeilException>(() => Bind(pair));
        Assert.Equal(VeilErrorCode.InvalidOption, error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("blur-size (length, 0.1..2, or 1px..99px; default '0.3')", error.Hint, StringComparison.Ordinal);
        Assert.Contains("kernel-size (integer, 1..15; default '3')", error.Hint, StringComparison.Ordinal);
        Assert.Contains("seed (integer; default '0')", error.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("blur-size=0.05")]
    [InlineData("blur-size=100px")]
    [InlineData("kernel-size=16")]
    public void A_value_out_of_range_is_an_error(string pair) =>
        Assert.Equal(VeilErrorCode.InvalidOption, Assert.Throws<VeilException>(() => Bind(pair)).Code);

    [Fact]
    public void Numbers_are_read_and_written_alike_under_any_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        commas.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = commas;
        try
        {
            var options = Bind("weight=0.25", "blur-size=1.5");
            Assert.Equal(0.25f, ((SampleOptions)options).Weight);
            Assert.Contains(new("weight", "0.25"), MethodOptionsBinder.Write(options));
            Assert.Contains(new("blur-size", "1.5"), MethodOptionsBinder.Write(options));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Written_options_read_back_for_every_method()
    {
        foreach (var method in new AnonymizerCatalog(new MethodEngines { Stickers = _ => new PixelBuffer(1, 1, PixelFormat.Rgba32) }).All)
        {
            var start = MethodOptionsBinder.Write(method.Defaults);
            var required = start.Where(pair => pair.Key is "picture" or "gallery").Select(pair => new KeyValuePair<string, string>(pair.Key, "x")).ToList();
            var again = MethodOptionsBinder.Bind(method, start.Concat(required));
            Assert.Equal(start.Where(pair => required.All(one => one.Key != pair.Key)), MethodOptionsBinder.Write(again).Where(pair => required.All(one => one.Key != pair.Key)));
        }
    }

    [Fact]
    public void Options_are_described_with_their_own_first() => Assert.Equal(
        ["blur-size", "color", "place", "kernel-size", "weight", "name", "seed"],
        MethodOptionsBinder.Describe(Sample).Select(option => option.Name));

    private static MethodOptions Bind(params string[] pairs) => MethodOptionsBinder.Bind(
        Sample, pairs.Select(pair => KeyValuePair.Create(pair[..pair.IndexOf('=', StringComparison.Ordinal)], pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..])));

    public sealed record SampleOptions : MethodOptions
    {
        [LengthRange(0.1, 2, 1, 99), Description("how far")]
        public Length BlurSize { get; init; } = Length.Relative(0.3f);

        public Rgb Color { get; init; }

        public Place Place { get; init; }

        [Range(1, 15)]
        public int KernelSize { get; init; } = 3;

        public float Weight { get; init; } = 1;

        public string Name { get; init; } = "";
    }

    private sealed class Nothing : IAnonymizer
    {
        public void Apply(PixelBuffer image, Region region, RegionMask mask)
        {
        }
    }
}
