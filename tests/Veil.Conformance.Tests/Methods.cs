using Veil.Anonymization;
using Veil.Errors;
using Veil.Onnx.Inpainting;
using Veil.Onnx.Models;
using Veil.Vision;

namespace Veil.Conformance.Tests;

/// <summary>Every method and preset of the catalogue, with real engines: a new one is tested without a line here.</summary>
public static class Methods
{
    /// <summary>Methods whose options choose between engines: each engine has to keep the promises.</summary>
    private static readonly string[] Variants = ["inpaint engine=telea", "synthetic engine=inpainter"];

    /// <summary>Methods that take a large part of a second for the smallest region: they meet every promise, in fewer cases each.</summary>
    private static readonly string[] Slow = ["inpaint"];

    private static readonly Lazy<MiGanInpainter> MiGan = new(() => MiGanInpainter.Load(ModelStore.Default()));

    public static AnonymizerCatalog Catalog { get; } = new(new MethodEngines
    {
        Stickers = _ => TestPictures.Sticker(),
        Telea = TeleaInpainting.Create,
        Orb = OrbKeypoints.Create,
        MiGan = () => MiGan.Value.Fill,
        FaceInpainter = () => DrawnGenerator.Create(),
        Gallery = () => _ => TestGallery.Read(people: 12),
        GeneratedFaces = (_, _) => TestBank.Read(faces: 24),
    });

    /// <summary>The methods with their defaults, and variants: <c>id option=value</c>.</summary>
    public static IEnumerable<string> Names => Catalog.All.Select(method => method.Id).Concat(Variants);

    public static IEnumerable<string> PresetNames => Catalog.All.SelectMany(method => method.Presets).Select(preset => preset.Name);

    public static IEnumerable<string> GoldenNames => Catalog.All.SelectMany(method => method.Presets.Select(preset => preset.Name).Prepend(method.Id));

    /// <summary>The method of a name, and a picture where it needs one.</summary>
    public static IAnonymizer Create(string name, params string[] values)
    {
        var parts = name.Split(' ');
        var method = Catalog.Find(parts[0]);
        var pairs = parts.Skip(1).Concat(values).Select(value => value.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1])).ToList();
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
        method.Create(options) is IPictureAnonymizer whole && (method.Needs & (MethodNeeds.FacesOnly | MethodNeeds.PeopleOnly | MethodNeeds.SeveralPeople)) != 0
            ? new WithCompany(whole)
            : method.Create(options);

    /// <summary>What a method of a name promises.</summary>
    public static Guarantee GuaranteeOf(string name) => Catalog.Find(name.Split(' ')[0]).Guarantee;

    /// <summary>Why a method or preset cannot run here; null when it can.</summary>
    public static string? WhyNot(string name)
    {
        try
        {
            _ = name.Contains('/', StringComparison.Ordinal) && Catalog.FindPreset(name) is var (method, preset) ? method.Create(preset.Options) : Create(name);
            return null;
        }
        catch (VeilException error) when (error.Code is VeilErrorCode.MissingNative or VeilErrorCode.InvalidModel)
        {
            return $"{name}: {error.Message}";
        }
    }

    /// <summary>All cases, or for slow methods one in so many; a count without common factors meets every value of each part.</summary>
    public static IEnumerable<T> Thin<T>(string name, IEnumerable<T> cases, int oneIn = 31) =>
        Slow.Contains(name) ? cases.Where((_, index) => index % oneIn == 0) : cases;
}
