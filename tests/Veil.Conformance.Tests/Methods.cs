using Veil.Anonymization;

namespace Veil.Conformance.Tests;

/// <summary>Every method and preset of the catalogue: a new one is tested without a line here.</summary>
public static class Methods
{
    public static AnonymizerCatalog Catalog { get; } = new(new MethodEngines { Stickers = _ => TestPictures.Sticker(), Gallery = () => _ => TestGallery.Read(people: 12) });

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

        if (MethodOptionsBinder.Describe(method).Any(option => option.Name == "gallery"))
        {
            pairs.Add(new("gallery", "drawn"));
        }

        return Create(method, MethodOptionsBinder.Bind(method, pairs));
    }

    /// <summary>The method, in company where it needs that.</summary>
    public static IAnonymizer Create(AnonymizerDescriptor method, MethodOptions options) =>
        method.Create(options) is IPictureAnonymizer whole && (method.Needs & (MethodNeeds.FacesOnly | MethodNeeds.SeveralPeople)) != 0
            ? new WithCompany(whole)
            : method.Create(options);
}
