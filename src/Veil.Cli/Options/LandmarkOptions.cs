using System.CommandLine;
using Veil.Cli.Runs;
using Veil.Detection;
using Veil.Onnx.Models;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Cli.Options;

/// <summary>Which model finds the dense points of faces.</summary>
internal sealed class LandmarkOptions
{
    private readonly Option<string?> _landmarks;

    /// <summary>The option, with words on when it matters.</summary>
    /// <param name="use">One sentence.</param>
    public LandmarkOptions(string use) => _landmarks = new Option<string?>("--landmarks")
    {
        Description = $"Model for dense face points: {string.Join(" or ", Catalogues.Landmarkers(ModelStore.Default()).All.Select(landmarker => landmarker.Id))}. {use}",
        HelpName = "ID",
    };

    public void AddTo(Command command) => command.Add(_landmarks);

    /// <summary>The model that the user named, else the default one.</summary>
    public LandmarkerDescriptor Read(ParseResult parsed, ModelStore store) =>
        parsed.GetValue(_landmarks) is { } id ? Catalogues.Landmarkers(store).Find(id) : Catalogues.Landmarkers(store).Default;

    /// <summary>The model that the user named; null where none was.</summary>
    public LandmarkerDescriptor? ReadNamed(ParseResult parsed, ModelStore store) =>
        parsed.GetValue(_landmarks) is null ? null : Read(parsed, store);

    /// <summary>A finder that adds points to faces where shapes or methods ask for them.</summary>
    public RegionFinder Complete(RegionFinder finder, ChosenMethods methods, RegionPolicies policies, ParseResult parsed)
    {
        var store = LicenceOption.ReadStore(parsed);
        return methods.NeedsFacePoints(policies) && finder.Points == FacePointState.Unknown ? Complete(finder, Read(parsed, store), store) : finder;
    }

    /// <summary>A finder that adds points to faces. Fails here, before any picture is touched, when the model cannot be used.</summary>
    public static RegionFinder Complete(RegionFinder finder, LandmarkerDescriptor landmarker, ModelStore store)
    {
        var models = UsedModels.Describe(landmarker.Models, store);
        landmarker.Create().Dispose();
        return finder with
        {
            CreateProvider = () => new LandmarkedRegions(finder.CreateProvider(), landmarker),
            Options = new Dictionary<string, string>(finder.Options) { ["landmarks"] = landmarker.Id },
            Models = [.. finder.Models, .. models],
        };
    }
}
