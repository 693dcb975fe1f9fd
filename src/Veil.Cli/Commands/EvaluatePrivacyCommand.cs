using System.CommandLine;
using System.Globalization;
using Veil.Cli.Measuring;
using Veil.Cli.Options;
using Veil.Cli.Output;
using Veil.Cli.Runs;
using Veil.Evaluation.Privacy;
using Veil.Evaluation.Reports;
using Veil.Evaluation.Runs;

namespace Veil.Cli.Commands;

/// <summary><c>veil evaluate privacy</c>: whom recognition networks still name after anonymization.</summary>
internal static class EvaluatePrivacyCommand
{
    public static Command Create()
    {
        var faces = new Argument<DirectoryInfo>("faces") { Description = "Folder with one folder of pictures for each person, two pictures or more in each; of people whose pictures you may use." };
        var layout = new Option<ArchiveLayout?>("--layout") { Description = "aligned: crops of 112×112 with the face in its place, all of it covered. photos: the largest face is found and covered as a run would. Default: aligned when all pictures have that size." };
        var limits = new FaceLimitOptions();
        var pairs = new Option<FileInfo?>("--pairs") { Description = $"LFW's list of pairs, to check the networks by their published accuracy. Default: {FaceFolder.Pairs} in the folder, if there is one.", HelpName = "FILE" };
        var networks = new Option<string[]>("--networks") { Description = "Recognition networks that attack: sface, mobilefacenet, dlib-resnet. Default: all whose models are here.", HelpName = "ID", AllowMultipleArgumentsPerToken = true };
        var command = new Command("privacy", "Whom recognition networks still name after anonymization, by method and strength: rank-1, accepted pairs, restoration, whether faces are still found, likeness.")
        {
            faces, layout, pairs, networks,
        };
        limits.AddTo(command);
        var treatments = new TreatmentOptions("veil");
        treatments.AddTo(command);
        OccluderOption.AddTo(command);
        LicenceOption.AddTo(command);
        var output = new ReportOptions();
        output.AddTo(command);
        command.SetAction((parsed, cancel) => Task.FromResult(Run(
            parsed, parsed.GetValue(faces)!.ToString(), parsed.GetValue(layout), limits.Read(parsed),
            parsed.GetValue(pairs)?.ToString(), parsed.GetValue(networks) ?? [], treatments, output.Read(parsed), cancel)));
        return command;
    }

    private static int Run(
        ParseResult parsed, string faces, ArchiveLayout? layout, FaceLimits limits, string? pairs, IReadOnlyList<string> networks, TreatmentOptions treatments, DirectoryInfo folder,
        CancellationToken cancel)
    {
        var started = DateTimeOffset.Now;
        var store = LicenceOption.ReadStore(parsed);
        var compared = treatments.Read(parsed, Catalogues.MethodsWith(store));
        var measuring = PrivacyMeasuring.Create(store, networks, compared, OccluderOption.Read(parsed));
        Console.Error.WriteLine($"Looking at the pictures of '{faces}' …");
        var (archive, input) = measuring.Folder.Read(faces, layout, limits, pairs, cancel);
        Say(archive);
        using var journal = MeasurementJournal.Open(Path.Combine(folder.FullName, ReportOptions.Journal), measuring.Identity(archive, input));
        PrivacyResult result;
        using (var progress = new WorkLine())
        {
            result = PrivacyExperiment.Run(archive, compared, measuring.Settings, journal, progress, cancel);
        }

        var report = PrivacyReport.Of(result, measuring.Settings, TypedCommand.Provenance(parsed, [input], measuring.ModelsFor(compared, store), started));
        ReportWriter.Write(report, result.ToJson(), folder);
        Write(result);
        Console.Out.WriteLine($"{Path.Combine(folder.ToString(), ReportWriter.Page)} has all figures.");
        foreach (var warning in report.Warnings)
        {
            Console.Error.WriteLine($"veil: {warning}");
        }

        // A script must not take figures for true that the report itself calls broken, nor miss that pictures were lost.
        return result.IsSane && !archive.LeftOut.Any(picture => picture.Reason == LeftOutReason.Unreadable) ? ExitCode.Done : ExitCode.SomeFailed;
    }

    private static void Say(FaceArchive archive)
    {
        Console.Error.WriteLine($"{Plural.Of(archive.Faces.Count, "picture")} of {archive.Faces.DistinctBy(face => face.Person).Count().ToString("N0", CultureInfo.InvariantCulture)} people, {(archive.Layout == ArchiveLayout.Aligned ? "aligned crops" : "photos")}");
        foreach (var group in archive.LeftOut.GroupBy(picture => picture.Reason))
        {
            Console.Error.WriteLine($"left out, {PrivacySummary.Words(group.Key)}: {Plural.Of(group.Count(), "file")}, e.g. {group.First().Name}: {group.First().Explanation}");
        }

        if (archive.MissingPairs > 0)
        {
            Console.Error.WriteLine($"{Plural.Of(archive.MissingPairs, "pair")} of the list left out: a picture of theirs takes no part");
        }
    }

    private static void Write(PrivacyResult result)
    {
        Table.Write(
            ["treatment", "strongest attack", "rank-1", "times chance", "verdict"],
            result.Treatments.Select(one => new[]
            {
                one.Treatment.Name, $"{one.Strongest.Attacker} {one.Strongest.Network}".TrimEnd(),
                string.Create(CultureInfo.InvariantCulture, $"{one.Strongest.RankOne:0.0000} ± {one.Strongest.RankOneMargin:0.0000}"),
                one.Strongest.TimesChance.ToString("0.00", CultureInfo.InvariantCulture), PrivacySummary.Words(one.Verdict),
            }));
        foreach (var (treatment, reason) in result.NotMeasured)
        {
            Console.Out.WriteLine($"{treatment.Name} was not measured: {reason}");
        }
    }
}
