using System.CommandLine;
using System.Globalization;
using Veil.Cli.Measuring;
using Veil.Cli.Options;
using Veil.Cli.Output;
using Veil.Cli.Runs;
using Veil.Evaluation.Privacy;
using Veil.Evaluation.Realism;
using Veil.Evaluation.Reports;
using Veil.Evaluation.Runs;

namespace Veil.Cli.Commands;

/// <summary><c>veil evaluate realism</c>: whether treated faces still look like faces, and like anybody.</summary>
internal static class EvaluateRealismCommand
{
    public static Command Create()
    {
        var faces = new Argument<DirectoryInfo>("faces") { Description = "Folder of portraits or photos of people, or with one folder of them for each person; of people whose pictures you may use." };
        var limits = new FaceLimitOptions();
        var command = new Command("realism", "Whether anonymized faces still look like faces, by method: how often detectors and a landmark model find them again, their Fréchet distance from originals, and whether a recognition network takes them for anybody.") { faces };
        limits.AddTo(command);
        var treatments = new TreatmentOptions("synthetic", "veil", "solid");
        treatments.AddTo(command);
        OccluderOption.AddTo(command);
        LicenceOption.AddTo(command);
        var output = new ReportOptions();
        output.AddTo(command);
        command.SetAction((parsed, cancel) => Task.FromResult(Run(parsed, parsed.GetValue(faces)!.ToString(), limits.Read(parsed), treatments, output.Read(parsed), cancel)));
        return command;
    }

    private static int Run(ParseResult parsed, string faces, FaceLimits limits, TreatmentOptions treatments, DirectoryInfo folder, CancellationToken cancel)
    {
        var started = DateTimeOffset.Now;
        var store = LicenceOption.ReadStore(parsed);
        var compared = treatments.Read(parsed, Catalogues.MethodsWith(store));
        using var measuring = new RealismMeasuring(store, OccluderOption.Read(parsed));
        Console.Error.WriteLine($"Looking at the pictures of '{faces}' …");
        var (pictures, leftOut, input) = measuring.Folder.Read(faces, limits, cancel);
        Console.Error.WriteLine($"{Plural.Of(pictures.Count, "picture")} with {Plural.Of(pictures.Sum(picture => picture.Faces.Count), "face")}");
        foreach (var group in leftOut.GroupBy(picture => picture.Reason))
        {
            Console.Error.WriteLine($"left out, {PrivacySummary.Words(group.Key)}: {Plural.Of(group.Count(), "file")}, e.g. {group.First().Name}: {group.First().Explanation}");
        }

        using var journal = MeasurementJournal.Open(Path.Combine(folder.FullName, ReportOptions.Journal), measuring.Identity(pictures, input));
        RealismResult result;
        using (var progress = new WorkLine())
        {
            result = RealismExperiment.Run(pictures, leftOut, compared, measuring.Settings, journal, progress, cancel);
        }

        var report = RealismReport.Of(result, measuring.Settings, TypedCommand.Provenance(parsed, [input], measuring.ModelsFor(compared, store), started));
        ReportWriter.Write(report, result.ToJson(), folder);
        Write(result);
        Console.Out.WriteLine($"{Path.Combine(folder.ToString(), ReportWriter.Page)} has all figures.");
        return leftOut.Any(picture => picture.Reason == LeftOutReason.Unreadable) ? ExitCode.SomeFailed : ExitCode.Done;
    }

    private static void Write(RealismResult result)
    {
        var (detectors, networks) = (result.Treatments[0].Found.Select(found => found.Detector), result.Treatments[0].Distances.Select(distance => $"distance, {distance.Network}"));
        Table.Write(
            ["treatment", .. detectors.Select(detector => $"found by {detector}"), "points", "moved by", .. networks, "taken for own", "for others"],
            result.Treatments.Select(one => (string[])
            [
                one.Treatment.Name, .. one.Found.Select(found => Share(found.Again.Share)), Share(one.Landmarks.Plausible.Share), Number(one.Landmarks.Median),
                .. one.Distances.Select(distance => Distance(result.Above(one, distance.Network)!.Value)), Share(one.Likeness.SameAsOwn.Share), Share(one.Likeness.SameAsOther),
            ]));
        foreach (var (treatment, reason) in result.NotMeasured)
        {
            Console.Out.WriteLine($"{treatment.Name} was not measured: {reason}");
        }
    }

    private static string Distance((double Difference, double Margin) above) => $"{Number(above.Difference)} ± {Number(above.Margin)}";

    private static string Share(double share) => share.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
