using System.CommandLine;
using Veil.Evaluation.Frontier;

namespace Veil.Cli.Options;

/// <summary>What a recommended method has to hold: <c>--max-reidentification</c> and <c>--min-utility</c>.</summary>
internal sealed class FrontierTargetOptions
{
    private readonly Option<double?> _most = new("--max-reidentification")
    {
        Description = "Recommend a method of which the strongest attacker names at most this share of people, e.g. 0.01; the upper end of the 95 % interval counts.",
        HelpName = "SHARE",
    };

    private readonly Option<double?> _least = new("--min-utility")
    {
        Description = "Recommend a method that leaves at least this share of the original's utility, e.g. 0.9; the lower end of the 95 % interval counts. Without both, what is at chance is looked for.",
        HelpName = "SHARE",
    };

    public void AddTo(Command command)
    {
        command.Add(_most);
        command.Add(_least);
    }

    /// <exception cref="Errors.VeilException">Out of range.</exception>
    public FrontierTarget Read(ParseResult parsed)
    {
        var target = new FrontierTarget { MaxReidentification = parsed.GetValue(_most), MinUtility = parsed.GetValue(_least) };
        Checked.Require(target);
        return target;
    }
}
