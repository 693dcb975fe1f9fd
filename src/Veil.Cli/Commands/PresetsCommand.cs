using System.CommandLine;
using Veil.Anonymization;
using Veil.Cli.Output;

namespace Veil.Cli.Commands;

/// <summary><c>veil presets</c>: exact settings of other tools and studies.</summary>
internal static class PresetsCommand
{
    public static Command Create()
    {
        var command = new Command("presets", "List the presets: exact settings of other tools and studies.");
        command.SetAction(_ =>
        {
            Write(Catalogues.Methods.All.SelectMany(method => method.Presets.Select(preset => (method, preset))));
            return ExitCode.Done;
        });
        return command;
    }

    public static void Write(IEnumerable<(AnonymizerDescriptor Method, MethodPreset Preset)> presets) => Table.Write(
        ["preset", "method", "settings", "source"],
        presets.OrderBy(pair => pair.Preset.Name, StringComparer.Ordinal).Select(pair => new[]
        {
            pair.Preset.Name,
            pair.Method.Id,
            string.Join(' ', MethodOptionsBinder.Write(pair.Preset.Options).Except(MethodOptionsBinder.Write(pair.Method.Defaults)).Select(option => $"{option.Key}={option.Value}")),
            pair.Preset.Source,
        }));
}
