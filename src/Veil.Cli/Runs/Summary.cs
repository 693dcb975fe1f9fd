using System.Globalization;
using Veil.Cli.Options;
using Veil.Cli.Output;
using Veil.Cli.People;
using Veil.Identity;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Cli.Runs;

/// <summary>The few lines after a run, on standard error.</summary>
internal static class Summary
{
    public static async Task WriteAsync(RunRequest request, RunCounts counts, TimeSpan elapsed)
    {
        var verb = (request.Command, request.Settings.Mode) switch
        {
            ("detect", _) => "searched",
            (_, RunMode.DryRun) => "would be anonymized (dry run, nothing written)",
            _ => "anonymized",
        };
        var lines = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"{Plural.Of(counts.Done, "picture")} {verb}, {Plural.Of(counts.Regions, "region")}, in {elapsed.TotalSeconds:F1} s ({counts.Done / Math.Max(elapsed.TotalSeconds, 0.001):F1}/s)"),
        };
        Add(counts.AlreadyDone, "done before with the same options, left as they are");
        Add(counts.WithoutRegions, "without anything found: look at them");
        Add(counts.People.Clear, request.Options.GetValueOrDefault(EnrolledPeople.RuleOption) == RegionJson.NameOf(PersonRule.Except)
            ? "faces left clear: they are listed in --except"
            : "faces left clear: they are surely none of those in --only");
        Add(counts.People.Undecided, "faces could not be told with certainty and are hidden");
        Add(counts.NotMedia, "not pictures, passed over");
        Add(counts.Failed, "FAILED; nothing was written for them");
        foreach (var line in lines)
        {
            await Console.Error.WriteLineAsync("veil: " + line).ConfigureAwait(false);
        }

        void Add(int count, string text)
        {
            if (count > 0)
            {
                lines.Add(count.ToString("N0", CultureInfo.InvariantCulture) + " " + text);
            }
        }
    }
}
