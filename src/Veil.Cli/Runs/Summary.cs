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
            ("detect" or "people", _) => "searched",
            (_, RunMode.DryRun) => "would be anonymized (dry run, nothing written)",
            _ => "anonymized",
        };
        var lines = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"{Plural.Of(counts.Done, "picture")} {verb}, {Plural.Of(counts.Regions, "region")}, in {elapsed.TotalSeconds:F1} s ({counts.Done / Math.Max(elapsed.TotalSeconds, 0.001):F1}/s)"),
        };
        Add(counts.AlreadyDone, "done before with the same options, left as they are");
        Add(counts.WithoutRegions, "without anything found: look at them");
        AddFaces(counts.People.Clear, request.Options.GetValueOrDefault(EnrolledPeople.RuleOption) == RegionJson.NameOf(PersonRule.Except)
            ? "left clear: listed in --except"
            : "left clear: surely not listed in --only");
        AddFaces(counts.People.Undecided, "hidden because it is not sure who it is");
        Add(counts.NotMedia, "not pictures, passed over");
        Add(counts.Failed, "FAILED; nothing was written for them");
        foreach (var line in lines)
        {
            await Console.Error.WriteLineAsync("veil: " + line).ConfigureAwait(false);
        }

        void AddFaces(int count, string text)
        {
            if (count > 0)
            {
                lines.Add($"{Plural.Of(count, "face")} {text}");
            }
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
