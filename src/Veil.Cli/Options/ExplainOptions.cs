using System.CommandLine;
using Veil.Cli.Runs;
using Veil.Errors;

namespace Veil.Cli.Options;

/// <summary>Whether to draw step sheets, where and how large.</summary>
internal sealed class ExplainOptions
{
    private readonly Option<string?> _folder = new("--explain")
    {
        Description = "Write a sheet of the steps (original, grey, detected, region, covered region, result) per picture into this folder. Sheets show the originals.",
        HelpName = "FOLDER",
    };

    private readonly Option<float?> _scale = new("--explain-scale")
    {
        Description = "Scale of a sheet's panels, e.g. 1.5. Default: fits 480 pixels.",
        HelpName = "FACTOR",
    };

    public void AddTo(Command command)
    {
        command.Add(_folder);
        command.Add(_scale);
    }

    public ExplainSettings? Read(ParseResult parsed)
    {
        var scale = parsed.GetValue(_scale);
        if (scale is <= 0 or > 4)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"--explain-scale expects a factor above 0 and up to 4, but received {scale}.");
        }

        return parsed.GetValue(_folder) is { } folder ? new ExplainSettings(Path.GetFullPath(folder), scale) : null;
    }
}

/// <summary>Where step sheets go, and at which scale (null: to fit).</summary>
internal sealed record ExplainSettings(string Folder, float? Scale)
{
    public SheetWriter CreateObserver() => new(this);
}
