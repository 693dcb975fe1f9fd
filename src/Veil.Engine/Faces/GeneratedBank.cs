using Veil.Anonymization.Methods;
using Veil.Anonymization.Synthesis;
using Veil.Detection;
using Veil.Errors;
using Veil.Onnx.Generation;
using Veil.Onnx.Models;
using Veil.TensorFlowLite.Faces;

namespace Veil.Engine.Faces;

/// <summary>The banks of generated faces on this machine: puts together what makes them, and shows how far that is.</summary>
/// <param name="store">Where the models are.</param>
/// <param name="opening">What goes on around opening one.</param>
/// <param name="folder">Where banks are kept; null for <see cref="UsualFolder"/>.</param>
internal sealed class GeneratedBank(ModelStore store, BankOpening opening, string? folder = null)
{
    private static readonly IReadOnlyList<string> Models = [FaceGenerator.ModelId, MediaPipeLandmarker.ModelId];

    private readonly string _folder = folder ?? UsualFolder;

    /// <summary>
    /// Where banks are kept: the folder veil/faces in XDG_CACHE_HOME, by default ~/.cache; on Windows and macOS in the system's
    /// folder for such files.
    /// </summary>
    public static string UsualFolder => Path.Combine(CacheHome(), "veil", "faces");

    /// <summary>The faces; made now where they are not here yet, which takes a minute.</summary>
    /// <param name="sampling">How latents are chosen.</param>
    /// <param name="truncation">How much of the way from the plain face is kept, 0..1; of free sampling alone.</param>
    /// <exception cref="VeilException">A model is missing or refused by the licence filter.</exception>
    /// <exception cref="OperationCanceledException">Interrupted; what was made stays.</exception>
    public IReadOnlyList<GeneratedFace> Open(LatentSampling sampling, float truncation)
    {
        Allowed();
        using var tools = new Tools(store);
        return opening((progress, stop) => FaceBank.Open(Recipe(sampling, truncation), _folder, tools.Start, progress, stop)).Faces;
    }

    /// <summary>The file of a bank, whether it is there or not.</summary>
    /// <param name="sampling">How latents are chosen.</param>
    /// <param name="truncation">How far they are truncated.</param>
    public string PathOf(LatentSampling sampling, float truncation) => FaceBank.PathOf(Recipe(sampling, truncation), _folder);

    private static FaceRecipe Recipe(LatentSampling sampling, float truncation)
    {
        string[] ingredients = [.. Models.Select(id => $"{id} {ModelManifest.Find(id).Sha256}")];
        return sampling switch
        {
            LatentSampling.Free => new FaceRecipe(truncation == 1 ? "free" : FormattableString.Invariant($"free-{truncation}"), ingredients, BankFaceList.Free(truncation)),
            LatentSampling.SingleMode => new FaceRecipe("single", ingredients, BankFaceList.SingleMode),
            LatentSampling.MultiMode => new FaceRecipe("multi", ingredients, BankFaceList.MultiMode),
            _ => throw new ArgumentOutOfRangeException(nameof(sampling), sampling, "Expected a known way of choosing latents."),
        };
    }

    /// <summary>Ids of the models that make a bank. Asked before a bank is opened, too: that one was made earlier allows nothing.</summary>
    /// <exception cref="VeilException">One is refused by the licence filter.</exception>
    public IReadOnlyList<string> Allowed()
    {
        if (Models.Select(ModelManifest.Find).FirstOrDefault(entry => !store.Allows(entry)) is { } refused)
        {
            throw new VeilException(
                VeilErrorCode.InvalidModel,
                $"The bank of generated faces was refused: only permissive licences are allowed, and the origin of its model '{refused.Id}' says: {refused.Licence}",
                "Use synthetic with --set engine=inpainter, Veil's own network (and bodies=removed: figures take their heads from the bank), or allow the model by leaving out --licence.");
        }

        return Models;
    }

    private static string CacheHome()
    {
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } named && Path.IsPathRooted(named))
        {
            return named;
        }

        return OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), OperatingSystem.IsMacOS() ? "Library/Caches" : ".cache");
    }

    /// <summary>The networks that make faces, loaded when the first one is made.</summary>
    private sealed class Tools(ModelStore store) : IDisposable
    {
        private readonly int _threads = Environment.ProcessorCount;
        private FaceGenerator? _generator;
        private IFaceLandmarker? _landmarker;

        public Func<FaceSource, MadeFace> Start()
        {
            _generator = FaceGenerator.Load(store, _threads);
            _landmarker = MediaPipeLandmarker.Describe(id => store.Read(ModelManifest.Find(id))).Create();
            return new FaceMaker(_generator, _landmarker.Locate).Make;
        }

        public void Dispose()
        {
            _landmarker?.Dispose();
            _generator?.Dispose();
        }
    }
}
