using System.CommandLine;

namespace Veil.Cli.Options;

/// <summary>Where an evaluation's report goes: <c>-o</c>. The folder also keeps what was measured, so that an interrupted evaluation goes on.</summary>
internal sealed class ReportOptions
{
    private readonly Option<DirectoryInfo> _folder = new("--output", "-o")
    {
        Description = "Folder for report.html, report.xlsx, report.json and a CSV file for each table. The same command with the same folder goes on where it was interrupted.",
        HelpName = "DIR",
        Required = true,
    };

    /// <summary>Name of the journal in the folder.</summary>
    public const string Journal = ".veil-measured.jsonl";

    public void AddTo(Command command) => command.Add(_folder);

    public DirectoryInfo Read(ParseResult parsed) => parsed.GetValue(_folder)!;
}
