using System.Globalization;
using Veil.Anonymization;
using Veil.Cli.Options;
using Veil.Errors;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Cli.Runs;

/// <summary>What <c>anonymize</c> and <c>apply</c> share: covering regions and writing the results.</summary>
internal sealed record Rendering(
    RunSettings Settings, ChosenMethod Chosen, RegionPolicy Policy, EncodeOptions Encoding, PictureLimits Limits, ExplainSettings? Explain)
{
    /// <summary>The output, which these commands cannot do without, except when nothing is written.</summary>
    private string? Output() => (Settings.Output, Settings.Mode) switch
    {
        ({ } output, _) => output,
        (null, RunMode.DryRun) => null,
        _ => throw new VeilException(VeilErrorCode.InvalidOption, "No output was named.", "Say where the results go, e.g. -o anonymized; the originals stay as they are."),
    };

    public Task<int> RunAsync(string command, RegionFinder finder, CancellationToken cancel)
    {
        var plan = OutputPlan.Create(Settings.Inputs, Output(), Encoding.Format?.Extension());
        RefuseSheetsAmongResults(plan);
        var weak = Chosen.Method.Assess(Chosen.Options);

        // Made before any file is touched, so that a method that cannot work (no emoji, no picture) stops the run at once.
        var anonymizer = Settings.Mode == RunMode.Write ? Chosen.Create() : null;
        var media = new PictureMedia(Limits, Encoding, Settings.Existing);
        var request = new RunRequest(
            command, Settings, plan,
            () => new MediaPipeline(media, finder.CreateProvider(), Policy, anonymizer, Explain?.CreateObserver()))
        {
            Options = Describe(finder),
            Models = finder.Models,
            Hints = finder.Hints,
            Warnings = weak is null ? [] : [$"{weak.Message} {weak.Hint}"],
        };
        return RunExecutor.ExecuteAsync(request, cancel);
    }

    private void RefuseSheetsAmongResults(OutputPlan plan)
    {
        if (Explain is not null && plan.Folder is { } folder
            && (Explain.Folder + Path.DirectorySeparatorChar).StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new VeilException(
                VeilErrorCode.InvalidOption, "Step sheets show the originals and may not lie among the results.",
                "Choose a folder for --explain outside the output folder.");
        }
    }

    private Dictionary<string, string> Describe(RegionFinder finder)
    {
        var options = new Dictionary<string, string>(finder.Options)
        {
            ["method"] = Chosen.Method.Id,
            ["guarantee"] = RegionJson.NameOf(Chosen.Method.Guarantee),
            ["growth"] = Policy.Growth.ToString(CultureInfo.InvariantCulture),
            ["shape"] = RegionJson.NameOf(Policy.Shape),
            ["encode"] = RegionJson.NameOf(Encoding.Mode),
            ["soft-edge"] = Policy.SoftEdge.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (name, value) in MethodOptionsBinder.Write(Chosen.Options))
        {
            options["method." + name] = value;
        }

        return options;
    }
}
