using System.CommandLine;
using Veil.Errors;
using Veil.Imaging;
using Veil.Pipeline;

namespace Veil.Cli.Options;

/// <summary>What results are called and which times they bear.</summary>
internal sealed class NamingOptions
{
    private readonly Option<OutputNames> _names = new("--names")
    {
        Description = "Names of results in a folder: keep them; hash, a keyed hash of the name; sequence, 000001 and so on. With the last two the report does not hold the old names.",
        DefaultValueFactory = _ => OutputNames.Keep,
    };

    private readonly Option<FileInfo?> _key = new("--name-key")
    {
        Description = "The secret behind --names hash, a file of 32 bytes or more. Default: one made for this user at first use.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _map = new("--name-map")
    {
        Description = "With --names hash or sequence: write which result came from which file. Keep it where the results do not go.",
        HelpName = "FILE",
    };

    private readonly Option<OutputTimes> _times = new("--times")
    {
        Description = "Modification time of results: now, keep the original's, or zero (1970-01-01).",
        DefaultValueFactory = _ => OutputTimes.Now,
    };

    public void AddTo(Command command)
    {
        command.Add(_names);
        command.Add(_key);
        command.Add(_map);
        command.Add(_times);
    }

    public NamingSettings Read(ParseResult parsed)
    {
        var (names, key, map) = (parsed.GetValue(_names), parsed.GetValue(_key), parsed.GetValue(_map));
        if (names == OutputNames.Keep && (key is not null || map is not null))
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "--name-key and --name-map go with --names hash or sequence.");
        }

        var naming = names == OutputNames.Keep ? OutputNaming.Keep : new OutputNaming(names, key is null ? NameKey.OfUser() : NameKey.Read(key.FullName), PictureFormats.Extensions);
        return new NamingSettings(naming, map, parsed.GetValue(_times));
    }
}

/// <summary>The values of <see cref="NamingOptions"/>.</summary>
internal sealed record NamingSettings(OutputNaming Naming, string? Map, OutputTimes Times)
{
    /// <summary>Names stay, and files bear the time at which they were written.</summary>
    public static NamingSettings Keep { get; } = new(OutputNaming.Keep, null, OutputTimes.Now);
}
