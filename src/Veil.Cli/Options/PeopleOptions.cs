using System.CommandLine;
using Veil.Errors;
using Veil.Identity;

namespace Veil.Cli.Options;

/// <summary>Whom to hide, by reference photos.</summary>
internal sealed class PeopleOptions
{
    private static readonly PersonPolicy Defaults = new();

    private readonly Option<string?> _only = new("--only")
    {
        Description = "Hide only the people in this folder of reference photos (a folder per person, or a photo per person). Who is surely none of them stays clear.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _except = new("--except")
    {
        Description = "Hide everyone except the people in this folder of reference photos. Only who is surely one of them stays clear.",
        HelpName = "DIR",
    };

    private readonly Option<float?> _threshold = new("--person-threshold")
    {
        Description = $"Similarity from which a face is a listed person, 0 to 1; docs/people.md says what it means. Default: {Defaults.Threshold}.",
        HelpName = "SIMILARITY",
    };

    private readonly Option<float?> _margin = new("--person-margin")
    {
        Description = $"How far below that a face must be to be a stranger; between the two it is hidden. Default: {Defaults.Margin}.",
        HelpName = "SIMILARITY",
    };

    public void AddTo(Command command)
    {
        command.Add(_only);
        command.Add(_except);
        command.Add(_threshold);
        command.Add(_margin);
    }

    /// <summary>The list to keep to; null when everybody is treated alike.</summary>
    public PeopleSettings? Read(ParseResult parsed)
    {
        var (only, except, threshold, margin) = (parsed.GetValue(_only), parsed.GetValue(_except), parsed.GetValue(_threshold), parsed.GetValue(_margin));
        if (only is not null && except is not null)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "--only hides the listed people, --except everybody else; both were given.", "Choose one of them.");
        }

        if ((only ?? except) is not { } folder)
        {
            return threshold is null && margin is null ? null : throw new VeilException(
                VeilErrorCode.InvalidOption, "--person-threshold and --person-margin go with --only or --except.");
        }

        var policy = Defaults with { Threshold = threshold ?? Defaults.Threshold, Margin = margin ?? Defaults.Margin };
        Checked.Require(policy);
        return new PeopleSettings(only is null ? PersonRule.Except : PersonRule.Only, folder, policy);
    }
}
