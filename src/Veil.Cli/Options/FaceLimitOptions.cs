using System.CommandLine;
using Veil.Cli.Measuring;

namespace Veil.Cli.Options;

/// <summary>How much of a folder of faces takes part in a measurement: <c>--people</c> and <c>--pictures</c>.</summary>
internal sealed class FaceLimitOptions
{
    private readonly Option<int?> _people = Limit("--people", "At most so many people of the folder of faces, by name. Default: all.");
    private readonly Option<int?> _pictures = Limit("--pictures", "At most so many pictures of each person, by name. Default: all.");

    public void AddTo(Command command)
    {
        command.Add(_people);
        command.Add(_pictures);
    }

    public FaceLimits Read(ParseResult parsed) => new(parsed.GetValue(_people), parsed.GetValue(_pictures));

    private static Option<int?> Limit(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 2)
            {
                result.AddError($"{name}: expected a number from 2 on, but received '{string.Join(' ', result.Tokens.Select(token => token.Value))}'.");
            }
        });
        return option;
    }
}
