using System.Text.Json;
using Veil.Anonymization.Methods;
using Veil.Errors;
using Veil.Regions;

namespace Veil.Engine.Tests.Json;

public sealed class AnonymizerSettingsJsonTests
{
    [Fact]
    public void Settings_survive_being_written_and_read()
    {
        var settings = new AnonymizerSettings
        {
            Treatments = [new KindTreatment(RegionKind.Face) { Method = "pixelate", Options = new PixelateOptions { Grid = 6 }, Growth = 0.5f }, new KindTreatment(RegionKind.Plate)],
            Seed = 7, Tracking = null, Verify = VerifyOutput.Check,
        };
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            AnonymizerSettingsJson.Write(json, settings);
        }

        using var document = JsonDocument.Parse(bytes.ToArray());
        var read = AnonymizerSettingsJson.Read(document.RootElement);

        Assert.Equal(settings.Treatments, read.Treatments);
        Assert.Equal((settings.Seed, settings.Tracking, settings.Verify), (read.Seed, read.Tracking, read.Verify));
    }

    [Theory]
    [InlineData("""{ "finds": [] }""", "$.finds")]
    [InlineData("""{ "find": [ { "kind": "faces", "methods": "veil" } ] }""", "$.find[0].methods")]
    [InlineData("""{ "find": [ "dogs" ] }""", "$.find[0]")]
    [InlineData("""{ "find": "faces" }""", "$.find")]
    [InlineData("""{ "detection": { "threshold": "much" } }""", "$.detection.threshold")]
    [InlineData("""{ "metadata": "everything" }""", "$.metadata")]
    [InlineData("[]", "$")]
    public void What_is_not_known_is_refused_with_its_place(string text, string place)
    {
        using var document = JsonDocument.Parse(text);

        var error = Assert.Throws<VeilException>(() => AnonymizerSettingsJson.Read(document.RootElement));

        Assert.Equal(VeilErrorCode.InvalidOption, error.Code);
        Assert.StartsWith(place, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_of_methods_are_checked()
    {
        using var document = JsonDocument.Parse("""{ "find": [ { "kind": "faces", "method": "pixelate", "options": { "grid": 100000 } } ] }""");

        Assert.Equal(VeilErrorCode.InvalidOption, Assert.Throws<VeilException>(() => AnonymizerSettingsJson.Read(document.RootElement)).Code);
    }
}
