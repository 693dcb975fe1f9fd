using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Veil.Cli.Options;
using Veil.Cli.Runs;
using Veil.Cli.Verification;
using Veil.Errors;
using Veil.Evaluation.Reports;
using Veil.Evaluation.Runs;
using Veil.Evaluation.Verification;
using Veil.Pipeline;
using Veil.Pipeline.Verification;

namespace Veil.Cli.Commands;

/// <summary><c>veil verify OUT --against IN</c>: attacks finished outputs again, and says whether they hold.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var options = new VerifyOptions();
        var signature = new SignatureOptions();
        var command = new Command("verify", "Check anonymized files against their originals: faces left visible, faces recognized, metadata, anything else that was changed. Works on outputs of other programs, too.");
        options.AddTo(command);
        signature.AddTo(command);
        command.SetAction((parsed, cancel) => signature.ReadCheck(parsed) is { } check
            ? Task.FromResult(check.Run())
            : RunAsync(options.Read(parsed), signature.ReadKey(parsed), parsed, cancel));
        return command;
    }

    private static async Task<int> RunAsync(VerifySettings settings, SigningKey? key, ParseResult parsed, CancellationToken cancel)
    {
        var started = DateTimeOffset.Now;
        if (key is not null && settings.Report is null)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "--sign signs the report, but there is none.", "Say where it goes: -o DIR");
        }

        var record = RunRecord.Find(settings.Output, settings.RunReport?.FullName);
        var setup = settings.Setup(record);
        var pairing = FilePairs.Find(settings.Output, settings.Against, record, settings.NameMap, settings.Report);
        using var journal = settings.Report is { } folder ? MeasurementJournal.Open(Path.Combine(folder.FullName, ReportOptions.Journal), Identity(settings, setup)) : MeasurementJournal.InMemory();
        var found = await VerifyAsync(pairing, setup, settings, journal, cancel).ConfigureAwait(false);
        var all = pairing.Alone.Select(alone => new VerifiedFile(alone.Key, "", alone.Value)).Concat(found).OrderBy(file => file.Name, StringComparer.Ordinal);
        var summary = new VerificationSummary(SwappedOutputs.Mark([.. all]));
        var described = setup.Describe().Append(new("verify.run-report", record.Path)).Append(new("verify.metadata", settings.MetadataFor(record).ToString())).ToList();
        if (settings.AsJson)
        {
            using var output = Console.OpenStandardOutput();
            VerificationJson.Write(output, summary, described);
            output.Write("\n"u8);
        }
        else
        {
            VerificationText.Write(summary);
        }

        if (settings.Report is { } place)
        {
            var whole = found.Where(file => file.Verification is { OriginalSha256.Length: > 0, OutputSha256.Length: > 0 }).Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
            var read = pairing.Pairs.Where(pair => whole.Contains(pair.Original.Name)).ToList();
            WriteReport(place, summary, setup, described, settings, record, key, read, parsed, started);
        }

        return summary.Verdict == OutputVerdict.Holds ? ExitCode.Done : ExitCode.SomeFailed;
    }

    private static async Task<IReadOnlyList<VerifiedFile>> VerifyAsync(OutputPairing pairing, VerifierSetup setup, VerifySettings settings, MeasurementJournal journal, CancellationToken cancel)
    {
        var (files, pairs) = (new List<VerifiedFile>(), pairing.Pairs.ToDictionary(pair => pair.Original.Name, StringComparer.Ordinal));
        await RunExecutor.Progress().ShowAsync(pairs.Count, async (show, progress) =>
        {
            var left = new List<PlannedItem>();
            foreach (var pair in pairing.Pairs)
            {
                if (journal.Find(Key(pair), OutputVerificationJson.Default.OutputVerification) is { } known)
                {
                    Finish(PairProcessor.Result(pair.Original, known));
                }
                else
                {
                    left.Add(new PlannedItem(pair.Original, null));
                }
            }

            if (left.Count > 0)
            {
                await MediaRun.ExecuteAsync(left, Math.Min(settings.Jobs, left.Count), Processor, Record, cancel).ConfigureAwait(false);
            }

            IItemProcessor Processor() => settings.MostTime is { } most
                ? new TimedProcessor(beat => new PairProcessor(pairs, () => setup.CreateVerifier(now => Both(beat, now))), most)
                : new PairProcessor(pairs, () => setup.CreateVerifier(progress));

            void Both(Action beat, ItemProgress now)
            {
                beat();
                progress(now);
            }

            void Record(ItemResult result)
            {
                if (result.Verification is { } verification)
                {
                    journal.Add(Key(pairs[result.Item.Name]), verification, OutputVerificationJson.Default.OutputVerification);
                }

                Finish(result);
            }

            void Finish(ItemResult result)
            {
                var pair = pairs[result.Item.Name];
                files.Add(new VerifiedFile(result.Item.Name, Path.GetRelativePath(Directory.Exists(settings.Output) ? settings.Output : Path.GetDirectoryName(Path.GetFullPath(settings.Output))!, pair.Output), result.Verification
                    ?? new OutputVerification([new OutputFinding("run", FindingTone.Unchecked, result.Error?.Message ?? "it was not looked at")])));
                show(result);
            }
        }).ConfigureAwait(false);
        return files;
    }

    private static void WriteReport(
        DirectoryInfo folder, VerificationSummary summary, VerifierSetup setup, List<KeyValuePair<string, string>> described, VerifySettings settings, RunRecord record, SigningKey? key,
        IReadOnlyCollection<OutputPair> read, ParseResult parsed, DateTimeOffset started)
    {
        var provenance = TypedCommand.Provenance(parsed, settings.Inputs(read), setup.Models, started);
        provenance = provenance with { Options = provenance.Options.Concat(described).DistinctBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Value) };
        var report = VerificationReport.Build(summary, [new("completeness", "Every input has its output, and every output its input."), new("decode", "The output can be decoded to its last frame, and is as large as the original."), .. setup.Checks()], Warnings(record), provenance);
        ReportWriter.Write(report, VerificationJson.Element(summary, described), folder);
        key?.Sign(Path.Combine(folder.FullName, "report.json"));
    }

    private static List<string> Warnings(RunRecord record)
    {
        var warnings = new List<string>();
        if (record.SparesPeople)
        {
            warnings.Add("The run left some people clear on purpose (--only or --except). This verification does not know who they are: faces that were spared count as faces left visible.");
        }

        if (!record.IsKnown)
        {
            warnings.Add("There is no run report: which regions were covered is judged by where output and original differ, and that nothing else was changed is not checked.");
        }

        return warnings;
    }

    private static string Key(OutputPair pair) => $"{pair.Original.Name}\n{RunJournal.InputStamp(pair.Original.Path)}\n{pair.Output}\n{RunJournal.InputStamp(pair.Output)}";

    private static string Identity(VerifySettings settings, VerifierSetup setup)
    {
        var record = RunRecord.Find(settings.Output, settings.RunReport?.FullName);
        var text = string.Join('\n', setup.Describe().Select(pair => pair.Key + "=" + pair.Value).Concat(setup.Models.Select(model => model.Sha256))
            .Append(settings.MetadataFor(record).ToString()).Append(setup.Every.ToString(CultureInfo.InvariantCulture)).Append(Provenance.Version)
            .Append(record.IsKnown ? RunJournal.InputStamp(record.Path) : ""));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
