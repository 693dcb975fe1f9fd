using Veil.Anonymization;
using Veil.Cli.Options;
using Veil.Cli.Runs;
using Veil.Evaluation.Verification;
using Veil.Imaging;
using Veil.Imaging.Metadata;
using Veil.Pipeline;
using Veil.Pipeline.Verification;
using Veil.Regions;
using Veil.Video.Files;

namespace Veil.Cli.Verification;

/// <summary>How a run checks its outputs before they are put in their places.</summary>
/// <param name="rendering">The run.</param>
/// <param name="setup">What checks.</param>
internal sealed class OutputChecking(Rendering rendering, VerifierSetup setup)
{
    /// <summary>The models that take part.</summary>
    public IReadOnlyList<ReportedModel> Models => setup.Models;

    /// <summary>For a run.</summary>
    /// <exception cref="Errors.VeilException">Something that checking needs is missing.</exception>
    public static OutputChecking Create(Rendering rendering, RegionFinder finder)
    {
        var used = new RunRecord("run", finder.Options, new Dictionary<string, RecordedItem>()).Detectors;
        return new OutputChecking(rendering, VerifierSetup.Create(rendering.Store, [.. used.Union(finder.Detectors)], null) with
        {
            Metadata = Rule(rendering.Encoding.Metadata),
            Limits = rendering.Limits,
            Films = rendering.Video ?? new VideoOptions(),
            Faces = rendering.Methods.Kinds.Contains(RegionKind.Face) ? FaceSource.RunsOwn : FaceSource.Detected,
        });
    }

    /// <summary>Every option of it, for the report and for knowing a run again.</summary>
    public IEnumerable<KeyValuePair<string, string>> Describe() => setup.Describe().Prepend(new("verify", RegionJson.NameOf(rendering.Verify)));

    /// <summary>The run's regions and what the second detector finds elsewhere.</summary>
    public AddedRegions Beside(RegionFinder finder) => new(finder.CreateProvider(), new DetectedRegions(setup.CreateSecond()));

    /// <summary>A worker's pipeline with the check around it.</summary>
    /// <param name="pipeline">Makes outputs.</param>
    /// <param name="make">Makes a pipeline with other regions, policies and methods; null regions are the run's own and the second detector's.</param>
    /// <param name="frameDone">Called after each frame that is compared.</param>
    public VerifyingProcessor Around(IItemProcessor pipeline, Func<IRegionProvider?, RegionPolicies, IAnonymizer, IItemProcessor> make, Action<ItemProgress> frameDone)
    {
        var verifier = setup.CreateVerifier(frameDone);
        return new VerifyingProcessor(pipeline, verifier.Verifier.Verify, rendering.Settings.Existing)
        {
            Policies = rendering.Policies,
            Owned = verifier,
            Fidelity = result => RunRecord.Fidelity(
                result.Info?.Format ?? "", RegionJson.NameOf(rendering.Encoding.Mode), rendering.Encoding.Format?.Name() ?? RunRecord.AsTheInput,
                rendering.Encoding.Quality is null ? RunRecord.AsTheInput : "set", result.Notes),
            Strengthen = rendering.Verify == VerifyOutput.Strengthen ? new Strengthening(rendering.Methods, rendering.Policies, make).Next : static (_, _, _) => null,
        };
    }

    private static MetadataRule Rule(MetadataPolicy policy) => (policy.Level, policy.Date) switch
    {
        (MetadataLevel.None, _) => MetadataRule.None,
        (MetadataLevel.Safe, CaptureDate.Day) => MetadataRule.SafeWithDay,
        (MetadataLevel.Safe, _) => MetadataRule.Safe,
        _ => MetadataRule.All,
    };
}
