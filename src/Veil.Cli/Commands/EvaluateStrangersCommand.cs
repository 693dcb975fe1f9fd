using System.CommandLine;
using Veil.Cli.Measuring;
using Veil.Cli.Options;
using Veil.Cli.Output;
using Veil.Cli.Runs;
using Veil.Evaluation.Reports;
using Veil.Evaluation.Runs;
using Veil.Evaluation.Strangers;
using Veil.Onnx.Models;

namespace Veil.Cli.Commands;

/// <summary><c>veil evaluate strangers</c>: whether generated faces are nearer to real people than strangers are.</summary>
internal static class EvaluateStrangersCommand
{
    public static Command Create()
    {
        var faces = new Argument<DirectoryInfo>("faces") { Description = "Folder with one folder of pictures for each person, as for 'veil evaluate privacy'; of people whose pictures you may use." };
        var generated = new Option<DirectoryInfo?>("--generated") { Description = "Folder of generated faces. Default: the bank that the method synthetic chooses from.", HelpName = "DIR" };
        var limits = new FaceLimitOptions();
        var networks = new Option<string[]>("--networks") { Description = "Recognition networks that compare: sface, mobilefacenet, dlib-resnet. Default: all whose models are here.", HelpName = "ID", AllowMultipleArgumentsPerToken = true };
        var command = new Command("strangers", "Whether a generated face is nearer to a real person than strangers are to each other.") { faces, generated, networks };
        limits.AddTo(command);
        LicenceOption.AddTo(command);
        var output = new ReportOptions();
        output.AddTo(command);
        command.SetAction((parsed, cancel) => Task.FromResult(Run(
            parsed, parsed.GetValue(faces)!.ToString(), parsed.GetValue(generated)?.ToString(), limits.Read(parsed), parsed.GetValue(networks) ?? [], output.Read(parsed), cancel)));
        return command;
    }

    private static int Run(ParseResult parsed, string faces, string? generated, FaceLimits limits, IReadOnlyList<string> networks, DirectoryInfo folder, CancellationToken cancel)
    {
        var started = DateTimeOffset.Now;
        var store = LicenceOption.ReadStore(parsed);
        var (loaded, models) = RecognitionNetworks.Load(networks, store);
        var (detector, landmarker) = (Catalogues.Onnx(store).Default().Detector, Catalogues.Landmarkers(store).Default);
        var crops = generated is null ? GeneratedFaceCrops.OfBank(store) : GeneratedFaceCrops.OfFolder(generated, new RealismFolder(() => RealismMeasuring.FacesWithPoints(detector, landmarker)), cancel);
        Console.Error.WriteLine($"Looking at the pictures of '{faces}' …");
        var (people, input) = new FaceFolder(detector, null).Read(faces, null, limits, null, cancel);
        using var journal = MeasurementJournal.Open(
            Path.Combine(folder.FullName, ReportOptions.Journal), $"strangers {CodeStamp.Current} {CodeStamp.Of(typeof(ModelStore).Assembly)} {input.Sha256} {people.Layout} {people.Faces.Count} {crops.Identity}");
        IReadOnlyList<StrangerLikeness> results;
        using (var progress = new WorkLine())
        {
            results = StrangersExperiment.Run(people, crops.Faces, loaded, journal, Environment.ProcessorCount, progress, cancel);
        }

        MeasuredInput[] inputs = [input, .. crops.Input is { } own ? [own] : Array.Empty<MeasuredInput>()];
        var report = StrangersReport.Of(results, TypedCommand.Provenance(parsed, inputs, [.. models, .. UsedModels.Describe([.. detector.Models, .. generated is null ? Catalogues.Engines(store).GeneratedFaceModels() : []], store)], started));
        ReportWriter.Write(report, StrangersExperiment.ToJson(results), folder);
        foreach (var result in results)
        {
            Console.Out.WriteLine(StrangersReport.Sentence(result));
        }

        Console.Out.WriteLine($"{Path.Combine(folder.ToString(), ReportWriter.Page)} has all figures.");
        return ExitCode.Done;
    }
}
