using Veil.Anonymization;
using Veil.Engine.Runs;
using Veil.Evaluation.Verification;
using Veil.Imaging;
using Veil.Imaging.Metadata;
using Veil.Pipeline;
using Veil.Pipeline.Verification;
using Veil.Regions;
using Veil.Video.Files;

namespace Veil.Engine.Verification;

/// <summary>How a run checks its outputs before they are put in their places.</summary>
/// <param name="recipe">The run.</param>
/// <param name="setup">What checks.</param>
internal sealed class OutputChecking(ItemRecipe recipe, VerifierSetup setup)
{
    /// <summary>The models that take part.</summary>
    public IReadOnlyList<ReportedModel> Models => setup.Models;

    /// <summary>For a run.</summary>
    /// <exception cref="Errors.VeilException">Something that checking needs is missing.</exception>
    public static OutputChecking Create(ItemRecipe recipe, RegionFinder finder)
    {
        var used = new RunRecord("run", finder.Options, new Dictionary<string, RecordedItem>()).Detectors;
        return new OutputChecking(recipe, VerifierSetup.Create(recipe.Store, [.. used.Union(finder.Detectors)], null) with
        {
            Metadata = Rule(recipe.Encoding.Metadata),
            Limits = recipe.Limits,
            Films = recipe.Video ?? new VideoOptions(),
            Faces = recipe.Methods.Kinds.Contains(RegionKind.Face) ? FaceSource.RunsOwn : FaceSource.Detected,
        });
    }

    /// <summary>Every option of it, for the report and for knowing a run again.</summary>
    public IEnumerable<KeyValuePair<string, string>> Describe() => setup.Describe().Prepend(new("verify", RegionJson.NameOf(recipe.Verify)));

    /// <summary>What checks.</summary>
    public VerifierSetup Setup => setup;

    /// <summary>An original and a result of the run, as a verifier wants them.</summary>
    /// <param name="result">What the run says.</param>
    /// <param name="output">Where the result is.</param>
    public OutputPair PairOf(ItemResult result, string output) => new(result.Item, output)
    {
        Regions = result.Info is { IsMoving: true } ? null : result.Frames, Policies = recipe.Policies, Fidelity = FidelityOf(result),
    };

    /// <summary>The run's regions and what the second detector finds elsewhere.</summary>
    public AddedRegions Beside(RegionFinder finder) => new(finder.CreateProvider(), new DetectedRegions(setup.CreateSecond()));

    /// <summary>A worker's pipeline with the check around it.</summary>
    /// <param name="pipeline">Makes outputs.</param>
    /// <param name="make">Makes a pipeline with other regions, policies and methods; null regions are the run's own and the second detector's.</param>
    /// <param name="frameDone">Called after each frame that is compared.</param>
    public VerifyingProcessor Around(IItemProcessor pipeline, Func<IRegionProvider?, RegionPolicies, IAnonymizer, IItemProcessor> make, Action<ItemProgress> frameDone)
    {
        var verifier = setup.CreateVerifier(frameDone);
        return new VerifyingProcessor(pipeline, verifier.Verifier.Verify, recipe.Existing)
        {
            Policies = recipe.Policies,
            Owned = verifier,
            Fidelity = FidelityOf,
            Strengthen = recipe.Verify == VerifyOutput.Strengthen ? new Strengthening(recipe.Methods, recipe.Policies, make).Next : static (_, _, _) => null,
        };
    }

    private OutputFidelity FidelityOf(ItemResult result) => RunRecord.Fidelity(
        result.Info?.Format ?? "", RegionJson.NameOf(recipe.Encoding.Mode), recipe.Encoding.Format?.Name() ?? RunRecord.AsTheInput,
        recipe.Encoding.Quality is null ? RunRecord.AsTheInput : "set", result.Notes);

    private static MetadataRule Rule(MetadataPolicy policy) => (policy.Level, policy.Date) switch
    {
        (MetadataLevel.None, _) => MetadataRule.None,
        (MetadataLevel.Safe, CaptureDate.Day) => MetadataRule.SafeWithDay,
        (MetadataLevel.Safe, _) => MetadataRule.Safe,
        _ => MetadataRule.All,
    };
}
