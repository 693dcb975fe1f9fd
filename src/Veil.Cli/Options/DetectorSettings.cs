using Veil.Detection;
using Veil.Errors;

namespace Veil.Cli.Options;

/// <summary><c>--detector-set NAME=VALUE</c> or <c>ID.NAME=VALUE</c>, as the user gave them.</summary>
internal sealed class DetectorSettings
{
    private readonly List<(string? Id, string Name, string Value)> _settings = [];

    public static DetectorSettings Parse(IEnumerable<string> texts)
    {
        var settings = new DetectorSettings();
        foreach (var text in texts)
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            if (at < 1)
            {
                throw new VeilException(VeilErrorCode.InvalidOption, $"--detector-set expects NAME=VALUE, but received '{text}'.", "For example: --detector-set neighbors=3");
            }

            var name = text[..at].Trim();
            var dot = name.LastIndexOf('.');
            settings._settings.Add((dot > 0 ? name[..dot] : null, name[(dot + 1)..], text[(at + 1)..].Trim()));
        }

        return settings;
    }

    /// <summary>The named detectors with these settings.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: for none of them, or nobody can tell for which, or not to be read.</exception>
    public IReadOnlyList<DetectorDescriptor> ApplyTo(IReadOnlyList<DetectorDescriptor> detectors)
    {
        foreach (var (id, name, _) in _settings)
        {
            if (id is null ? detectors.Count != 1 : !detectors.Any(detector => detector.Id == id))
            {
                throw new VeilException(
                    VeilErrorCode.InvalidOption,
                    detectors.Count == 0 ? $"--detector-set {name} is an option of a detector, but none was named."
                        : id is null ? $"--detector-set {name} may be meant for {string.Join(" or ", detectors.Select(detector => detector.Id))}."
                        : $"--detector-set {id}.{name}: '{id}' is not among the detectors of this run.",
                    detectors.Count == 0 ? "Name it with --detector." : $"Write it as {detectors[0].Id}.{name}=VALUE.");
            }
        }

        return [.. detectors.Select(detector => DetectorTuningBinder.Bind(
            detector, _settings.Where(setting => setting.Id is null || setting.Id == detector.Id).Select(setting => KeyValuePair.Create(setting.Name, setting.Value))))];
    }
}
