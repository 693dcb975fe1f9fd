using System.CommandLine;
using Veil.Onnx.Models;

namespace Veil.Cli.Options;

/// <summary>Which models may be used; one option for detectors and methods alike.</summary>
internal static class LicenceOption
{
    private static readonly Option<ModelLicenceFilter> Licence = new("--licence")
    {
        Description = "permissive refuses models whose origin limits their use.",
    };

    /// <summary>Adds it, if the command does not have it yet.</summary>
    public static void AddTo(Command command)
    {
        if (!command.Options.Contains(Licence))
        {
            command.Add(Licence);
        }
    }

    /// <summary>The usual models, as far as they may be used.</summary>
    public static ModelStore ReadStore(ParseResult parsed) => ModelStore.Default(parsed.GetValue(Licence));
}
