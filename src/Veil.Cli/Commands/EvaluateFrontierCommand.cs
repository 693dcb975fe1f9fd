using System.CommandLine;
using System.Globalization;
using Veil.Cli.Measuring;
using Veil.Cli.Options;
using Veil.Cli.Output;
using Veil.Cli.Runs;
using Veil.Errors;
using Veil.Evaluation.Frontier;
using Veil.Evaluation.Reports;
using Veil.Evaluation.Runs;
using Veil.Evaluation.Treatments;
using Veil.Pipeline;

namespace Veil.Cli.Commands;

/// <summary><c>veil evaluate frontier</c>: which method, and how strong.</summary>
internal static class EvaluateFrontierCommand
{
    private const int FewestSeeds = 2;

    public static Command Create()
    {
        var faces = new Argument<DirectoryInfo>("faces") { Description = "Folder with one folder of pictures for each person, two pictures or more in each; of people whose pictures you may use. None of them is shown in the report." };
        var dataset = new Argument<FileSystemInfo>("dataset") { Description = "Folder with train/CLASS/ and test/CLASS/, and val/CLASS/ if there is one, to train on; or a COCO file with people's body points, e.g. annotations/person_keypoints_val2017.json, to find people in." };
        var limits = new FaceLimitOptions();
        var networks = new Option<string[]>("--networks") { Description = "Recognition networks that attack: sface, mobilefacenet, dlib-resnet. Default: all whose models are here.", HelpName = "ID", AllowMultipleArgumentsPerToken = true };
        var portraits = new Option<DirectoryInfo?>("--portraits") { Description = "Folder of portraits of generated people, to show what methods look like. Default: Veil generates two. Never use pictures of people who exist.", HelpName = "DIR" };
        var command = new Command(
            "frontier",
            "Put methods and strengths on a plane: how many people recognition networks still name in FACES, against what is left of the accuracy of training on DATASET, or of finding people in it; and recommend one. Of a folder, whole pictures are anonymized unless --find says otherwise; of COCO's people, the faces. Ctrl-C interrupts; the same command goes on.")
        {
            faces, dataset, networks, portraits,
        };
        limits.AddTo(command);
        var options = new FrontierOptions();
        options.AddTo(command);
        command.SetAction((parsed, cancel) => Task.FromResult(Run(
            parsed, options, parsed.GetValue(faces)!, parsed.GetValue(dataset)!, limits.Read(parsed), parsed.GetValue(networks) ?? [], parsed.GetValue(portraits), cancel)));
        return command;
    }

    private static int Run(
        ParseResult parsed, FrontierOptions options, DirectoryInfo faces, FileSystemInfo dataset, FaceLimits limits, IReadOnlyList<string> networks, DirectoryInfo? portraits, CancellationToken cancel)
    {
        var started = DateTimeOffset.Now;
        var store = LicenceOption.ReadStore(parsed);
        var (target, treatments, folder, training) = (options.Target.Read(parsed), options.Treatments.Read(parsed, Catalogues.MethodsWith(store)), options.Report.Read(parsed), options.Training.Read(parsed));
        if (training.Seeds < FewestSeeds)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"The frontier counts intervals, which takes {FewestSeeds} seeds or more, but received --seeds {training.Seeds}.", "Use --seeds 3, or more for narrower intervals.");
        }

        RequireApart(folder, faces, dataset, portraits);
        var gallery = new PortraitGallery(store);
        using var line = new WorkLine();
        using var utility = Open(parsed, options, dataset, treatments, pictures => RequireApart(folder, pictures, portraits), new DirectoryInfo(Path.Combine(folder.FullName, "utility")), new StepProgress("utility", line), cancel);
        using var privacy = FrontierPrivacy.Open(faces.ToString(), limits, target.MaxReidentification, networks, treatments, store, new DirectoryInfo(Path.Combine(folder.FullName, "privacy")), cancel);
        var shown = portraits is not null || gallery.CanGenerate ? gallery.Show(treatments, portraits, cancel) : [];
        Announce(privacy, utility, cancel);

        var hidden = privacy.Run(new StepProgress("privacy", line), cancel);
        utility.Run(new StepProgress("utility", line), cancel);
        line.Dispose();

        var origin = TypedCommand.Provenance(parsed, [privacy.Input, .. utility.Inputs], [.. privacy.Models.Concat(utility.Models).Concat(gallery.Models).DistinctBy(model => model.Id)], started);
        var result = FrontierResult.Join(treatments, hidden, utility.Axis, target);
        var report = FrontierReport.Of(result, utility.Axis, shown, [.. privacy.Report(hidden, origin), .. utility.Report(origin)], origin);
        report = report with { Warnings = [.. report.Warnings, .. privacy.Warnings, .. utility.Warnings] };
        ReportWriter.Write(report, FrontierRecord.Of(result), folder);
        Write(report, result, folder);

        // As `evaluate privacy` has it: a script must not miss that figures are broken or pictures were lost.
        return hidden.IsSane && !privacy.HasUnreadable && result.Points.All(point => point.IsComplete) ? ExitCode.Done : ExitCode.SomeFailed;
    }

    private static IFrontierUtility Open(
        ParseResult parsed, FrontierOptions options, FileSystemInfo dataset, IReadOnlyList<Treatment> treatments, Action<DirectoryInfo> require, DirectoryInfo folder, IProgress<WorkProgress> progress,
        CancellationToken cancel)
    {
        if (dataset is FileInfo annotations)
        {
            var task = CocoTaskSettings.Bodies;
            var request = new CocoRequest(annotations, treatments, _ => [FindingUtility.Kind], DatasetRegions.Annotations, folder) { Require = require };
            return new FindingUtility(CocoSession.Open(parsed, task, options.Finding, request, cancel), task.What, folder);
        }

        var store = LicenceOption.ReadStore(parsed);
        var finder = EvaluateUtilityCommand.Regions(parsed, options.Finding, options.Landmarks, treatments);
        return new TrainingUtility(
            new UtilityRequest(new DirectoryInfo(dataset.FullName), treatments, options.Training.Read(parsed), folder), finder, [.. FindOption.Read(parsed).Select(wanted => wanted.Kind)], store, EvaluateUtilityCommand.Models(treatments, store), progress, cancel);
    }

    private static void Announce(FrontierPrivacy privacy, IFrontierUtility utility, CancellationToken cancel)
    {
        Console.Error.WriteLine("Finding out how long this takes …");
        var (first, second) = (WorkForecast.Of((told, stop) => privacy.Run(told, stop), cancel), WorkForecast.Of(utility.Run, cancel));
        Console.Error.WriteLine($"{Capital(DurationText.About(first + second))} on this machine: privacy {DurationText.About(first)}, utility {DurationText.About(second)}. Ctrl-C interrupts; the same command goes on.");
    }

    private static string Capital(string text) => char.ToUpper(text[0], CultureInfo.InvariantCulture) + text[1..];

    /// <summary>Nothing is written into what is measured, and nobody measured is shown.</summary>
    private static void RequireApart(DirectoryInfo folder, DirectoryInfo faces, FileSystemInfo dataset, DirectoryInfo? portraits)
    {
        foreach (var input in new[] { faces, dataset, portraits }.OfType<FileSystemInfo>())
        {
            if (!input.Exists)
            {
                throw new VeilException(VeilErrorCode.UnreadableInput, $"There is no '{input}'.", "Check the spelling, and that it is mounted on this machine.");
            }

        }

        if (portraits is not null)
        {
            RequireOutside(folder, portraits);
        }

        RequireApart(folder, faces, portraits);
        RequireApart(folder, dataset is FileInfo file ? file.Directory! : (DirectoryInfo)dataset, portraits, dataset is FileInfo ? Writing.Allowed : Writing.Refused);
    }

    /// <summary>Whether the report may lie in a folder; beside annotations it may.</summary>
    private enum Writing
    {
        Refused,
        Allowed,
    }

    /// <summary>Of one folder of what is measured; pictures that a COCO file names may lie anywhere.</summary>
    private static void RequireApart(DirectoryInfo folder, DirectoryInfo measured, DirectoryInfo? portraits, Writing writing = Writing.Refused)
    {
        if (writing == Writing.Refused)
        {
            RequireOutside(folder, measured);
        }

        var real = new RealPath();
        if (portraits is not null && (Contains(real.OfFolder(measured.FullName), real.OfFolder(portraits.FullName)) || Contains(real.OfFolder(portraits.FullName), real.OfFolder(measured.FullName))))
        {
            throw new VeilException(
                VeilErrorCode.InvalidOption, $"'{portraits}' and what is measured in '{measured}' overlap, and nobody who is measured may be shown in the report.", "Name portraits of generated people, or leave --portraits out.");
        }
    }

    private static void RequireOutside(DirectoryInfo output, DirectoryInfo input)
    {
        var real = new RealPath();
        if (Contains(real.OfFolder(input.FullName), real.OfFolder(output.FullName)))
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"Expected an output folder outside of what is measured, but '{output}' lies in '{input}'.", "Name another folder: -o DIR");
        }
    }

    private static bool Contains(string outer, string inner) => inner == outer || inner.StartsWith(Path.TrimEndingDirectorySeparator(outer) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static void Write(Report report, FrontierResult result, DirectoryInfo folder)
    {
        foreach (var warning in report.Warnings)
        {
            Console.Error.WriteLine($"veil: {warning}");
        }

        foreach (var sentence in report.Summary)
        {
            Console.Out.WriteLine(sentence);
        }

        if (result.Advice.Best is { } best)
        {
            Console.Out.WriteLine();
            Console.Out.WriteLine("    " + FrontierReport.Command(best.Treatment, result.Coverage));
            Console.Out.WriteLine();
            foreach (var difference in FrontierReport.Differences(result))
            {
                Console.Out.WriteLine(difference);
            }
        }

        Console.Out.WriteLine($"{Path.Combine(folder.ToString(), ReportWriter.Page)} has all figures.");
    }
}
