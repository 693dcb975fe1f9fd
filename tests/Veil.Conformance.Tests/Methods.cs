using Veil.Anonymization;

namespace Veil.Conformance.Tests;

/// <summary>Every method and preset of the catalogue: a new one is tested without a line here.</summary>
public static class Methods
{
    public static AnonymizerCatalog Catalog { get; } = new(new MethodEngines { Stickers = _ => TestPictures.Sticker() });

    public static TheoryData<string> Ids => [.. Catalog.All.Select(method => method.Id)];

    public static TheoryData<string> PresetNames => [.. Catalog.All.SelectMany(method => method.Presets).Select(preset => preset.Name)];

    /// <summary>The method with its defaults, and a picture where it needs one.</summary>
    public static IAnonymizer Create(string id, params string[] values)
    {
        var method = Catalog.Find(id);
        var pairs = values.Select(value => value.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1])).ToList();
        if (MethodOptionsBinder.Describe(method).Any(option => option.Name == "picture"))
        {
            pairs.Add(new("picture", "sticker"));
        }

        return method.Create(MethodOptionsBinder.Bind(method, pairs));
    }
}
