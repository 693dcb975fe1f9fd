using System.Globalization;
using Veil.Cli.Output;
using Veil.Pipeline.Sharding;

namespace Veil.Cli.Datasets;

/// <summary>Closes a run and says what came of it.</summary>
internal static class ClosedRun
{
    public static int Close(RunFolder folder, RunManifest manifest, CancellationToken cancel)
    {
        var run = new RunMerge(folder, manifest).Close(cancel);
        Say($"{Plural.Of(run.Anonymized, "picture")} anonymized, {Plural.Of(run.Labels, "label file")} copied");
        foreach (var (name, split) in run.Splits)
        {
            if (split.Originals > 0)
            {
                Say($"warning: {Named(name)} holds {Number(split.Originals)} ORIGINALS, copied as they are");
            }

            if (split.LeftOut > 0)
            {
                Say($"{Named(name)} is not in the output ({Plural.Of(split.LeftOut, "file")})");
            }

            if (split.WithoutRegions > 0)
            {
                Say($"{Plural.Of(split.WithoutRegions, "picture")} of {Named(name)} without anything found: look at them");
            }
        }

        if (run.Unrecognised > 0)
        {
            Say($"neither pictures nor labels, not in the output, listed in the report: {Plural.Of(run.Unrecognised, "file")}");
        }

        if (run.Failed > 0)
        {
            Say($"{Number(run.Failed)} FAILED; nothing was written for them, the report lists them");
        }

        Say($"closed: {Path.GetFileName(folder.Report)}, {Path.GetFileName(folder.Items)} and {Path.GetFileName(folder.Checksums)} are in {folder.Output}");
        return run.Failed > 0 ? ExitCode.SomeFailed : ExitCode.Done;
    }

    private static string Named(string split) => split.Length > 0 ? $"split '{split}'" : "no split";

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static void Say(string line) => Console.Error.WriteLine("veil: " + line);
}
