using System.Globalization;
using Veil.Cli.Options;
using Veil.Cli.Output;
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
            string.Create(CultureInfo.InvariantCulture, $"{Items(counts)} {verb}, {Plural.Of(counts.Regions, "region")}, in {elapsed.TotalSeconds:F1} s ({Rate(counts, Math.Max(elapsed.TotalSeconds, 0.001))})"),
        };
        Add(counts.Copied, "files copied as they are");
        Add(counts.AlreadyDone, "done before with the same options, left as they are");
        Add(counts.WithoutRegions, "without anything found: look at them");
        AddFaces(counts.People.Clear, request.Options.GetValueOrDefault(EnrolledPeople.RuleOption) == RegionJson.NameOf(PersonRule.Except)
            ? "left clear: listed in --except"
            : "left clear: surely not listed in --only");
        AddFaces(counts.People.Undecided, "hidden because it is not sure who it is");
        Add(counts.NotMedia, "neither pictures nor videos, passed over");
        Add(counts.Failed, "FAILED; nothing was written for them");
        foreach (var line in lines)
        {
            await Console.Error.WriteLineAsync("veil: " + line).ConfigureAwait(false);
        }

        static string Items(RunCounts counts) => (counts.Done - counts.Films, counts.Films) switch
        {
            (var pictures, 0) => Plural.Of(pictures, "picture"),
            (0, var films) => $"{Plural.Of(films, "video")} ({Plural.Of((int)Math.Min(int.MaxValue, counts.FilmFrames), "frame")})",
            var (pictures, films) => $"{Plural.Of(pictures, "picture")} and {Plural.Of(films, "video")} ({Plural.Of((int)Math.Min(int.MaxValue, counts.FilmFrames), "frame")})",
        };

        static string Rate(RunCounts counts, double seconds) => counts.Films == counts.Done && counts.Films > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{counts.FilmFrames / seconds:F1} frames/s")
            : string.Create(CultureInfo.InvariantCulture, $"{counts.Done / seconds:F1}/s");

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
