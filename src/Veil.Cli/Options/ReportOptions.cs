using System.CommandLine;

namespace Veil.Cli.Options;

/// <summary>Where an evaluation's report goes: <c>-o</c>. The folder also keeps what was measured, so that an interrupted evaluation goes on.</summary>
internal sealed class ReportOptions
{
    private readonly Option<DirectoryInfo> _folder;

    /// <summary>A folder that has to be named.</summary>
    public ReportOptions()
        : this("") => _folder.Required = true;

    private ReportOptions(string when) => _folder = new("--output", "-o")
    {
        Description = when + "Folder for report.html, report.xlsx, report.json and a CSV file for each table. The same command with the same folder goes on where it was interrupted.",
        HelpName = "DIR",
    };

    /// <summary>Name of the journal in the folder.</summary>
    public const string Journal = ".veil-measured.jsonl";

    /// <summary>A folder for a command that can do without.</summary>
    /// <param name="when">What it is then for; begins the description.</param>
    public static ReportOptions Optional(string when) => new(when);

    public void AddTo(Command command) => command.Add(_folder);

    public DirectoryInfo Read(ParseResult parsed) => parsed.GetValue(_folder)!;

    /// <summary>The folder; null where none was named.</summary>
    public DirectoryInfo? Find(ParseResult parsed) => parsed.GetValue(_folder);
}
