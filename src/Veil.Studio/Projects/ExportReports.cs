using Veil.Engine.Verification;
using Veil.Evaluation.Reports;
using Veil.Evaluation.Verification;
using Veil.Pipeline;
using Veil.Pipeline.Verification;

namespace Veil.Studio.Projects;

/// <summary>Writes what there is to say about an export: the run report beside the results, and where they were checked the verification report in the project.</summary>
internal static class ExportReports
{
    /// <summary>The project's part that holds the verification report.</summary>
    public const string Part = "verification";

    /// <summary>Writes both.</summary>
    public static void Write(
        IProjects projects, Project project, ExportTarget target, string folder, Anonymizer anonymizer, RunJournal journal, RunCounts counts, DateTimeOffset started, TimeSpan elapsed)
    {
        using (var draft = new OutputFile(Path.Combine(folder, ExportFolder.ReportName), OverwritePolicy.Replace).Begin())
        {
            using (var report = new FileStream(draft.Path, FileMode.Open, FileAccess.Write, FileShare.None))
            {
                RunReport.Write(report, new RunHeader("studio", anonymizer.Options, anonymizer.Models, anonymizer.Warnings, started, elapsed), counts, journal);
            }

            draft.Complete();
        }

        var place = new DirectoryInfo(projects.FolderOf(project.Id, Part));
        place.Delete(recursive: true);
        if (target.Verify != VerifyOutput.Off)
        {
            WriteVerification(new DirectoryInfo(projects.FolderOf(project.Id, Part)), anonymizer, journal, started, elapsed);
        }
    }

    private static void WriteVerification(DirectoryInfo place, Anonymizer anonymizer, RunJournal journal, DateTimeOffset started, TimeSpan elapsed)
    {
        var checking = OutputChecking.Create(anonymizer.Prepared.Recipe, anonymizer.Prepared.Finder);
        var files = new List<VerifiedFile>();
        foreach (var line in journal.Results())
        {
            using (line)
            {
                var result = line.RootElement.GetProperty("result");
                if (result.TryGetProperty("verification", out var verification) && OutputVerificationJson.Read(verification) is { } said)
                {
                    var name = result.GetProperty("file").GetString() ?? "";
                    files.Add(new VerifiedFile(name, name, said));
                }
            }
        }

        var summary = new VerificationSummary(files);
        var described = checking.Setup.Describe().ToList();
        var provenance = new Provenance(
            "veil studio", anonymizer.Options.Concat(described).DistinctBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Value), [],
            [.. anonymizer.Models.Concat(checking.Models).Distinct()], MachineDescription.Current(), started, elapsed);
        var report = VerificationReport.Build(summary, checking.Setup.Checks(), [], provenance);
        ReportWriter.Write(report, VerificationJson.Element(summary, described), place);
    }
}
