using Veil.Anonymization;
using Veil.Detection;
using Veil.Engine.Runs;
using Veil.Onnx.Models;
using Veil.Pipeline;
using Veil.Regions;
using Veil.TensorFlowLite.Bodies;

namespace Veil.Engine.Finding;

/// <summary>Adds to found faces what shapes and methods ask for. Fails here, before any picture is touched, when a model cannot be used.</summary>
internal static class FinderCompletion
{
    /// <summary>A finder that adds dense points to faces, and what is in front of them, where a rendering needs them.</summary>
    /// <param name="finder">Finds faces.</param>
    /// <param name="methods">What happens to them.</param>
    /// <param name="policies">How they are covered.</param>
    /// <param name="landmarker">Gives points.</param>
    /// <param name="occlusions">Whether what is in front of faces stays.</param>
    /// <param name="store">Models.</param>
    public static RegionFinder Complete(
        this RegionFinder finder, ChosenMethods methods, RegionPolicies policies, LandmarkerDescriptor landmarker, KeptOcclusions occlusions, ModelStore store)
    {
        var pointed = methods.NeedsFacePoints(policies) && finder.Points == FacePointState.Unknown ? finder.WithFacePoints(landmarker, store) : finder;
        return occlusions == KeptOcclusions.On && AsksForOccluders(methods, policies) ? pointed.WithOccluders(store) : pointed;
    }

    /// <summary>A finder that adds dense points to faces.</summary>
    public static RegionFinder WithFacePoints(this RegionFinder finder, LandmarkerDescriptor landmarker, ModelStore store)
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

    private static bool AsksForOccluders(ChosenMethods methods, RegionPolicies policies) =>
        methods.Find(RegionKind.Face)?.Method.Needs.HasFlag(MethodNeeds.Occluders) == true && policies[RegionKind.Face].Shape == RegionShape.Face;

    private static RegionFinder WithOccluders(this RegionFinder finder, ModelStore store)
    {
        var parser = SelfieParser.Loader(id => store.Read(ModelManifest.Find(id)));
        _ = parser();
        return finder with
        {
            CreateProvider = () => new UnobscuredRegions(finder.CreateProvider(), parser),
            Options = new Dictionary<string, string>(finder.Options) { ["keep-occlusions"] = RegionJson.NameOf(KeptOcclusions.On) },
            Models = [.. finder.Models.Concat(UsedModels.Describe([SelfieParser.ModelId], store)).Distinct()],
        };
    }
}
