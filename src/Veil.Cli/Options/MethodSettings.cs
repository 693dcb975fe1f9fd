using Veil.Errors;
using Veil.Regions;

namespace Veil.Cli.Options;

/// <summary><c>--set NAME=VALUE</c> or <c>KIND.NAME=VALUE</c>, as the user gave them.</summary>
internal sealed class MethodSettings
{
    private readonly List<(RegionKind? Kind, string Name, string Value)> _settings = [];

    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: not to be understood.</exception>
    public static MethodSettings Parse(IEnumerable<string> texts)
    {
        var settings = new MethodSettings();
        foreach (var text in texts)
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            if (at < 1)
            {
                throw new VeilException(VeilErrorCode.InvalidOption, $"--set expects NAME=VALUE, but received '{text}'.", "For example: --set grid=6");
            }

            var name = text[..at].Trim();
            var dot = name.IndexOf('.', StringComparison.Ordinal);
            RegionKind? kind = dot < 0 ? null : RegionKinds.Find(name[..dot]) ?? throw new VeilException(
                VeilErrorCode.InvalidOption, $"--set {name}: expected a kind out of {string.Join(", ", RegionKinds.Names)} before the point, but received '{name[..dot]}'.", "For example: --set plates.color=black");
            settings._settings.Add((kind, name[(dot + 1)..], text[(at + 1)..].Trim()));
        }

        return settings;
    }

    /// <summary>Checks that each is for a kind of the run, and that it is clear which method those without a kind are meant for.</summary>
    /// <param name="kinds">The kinds that there may be.</param>
    /// <param name="common">The kinds that those without a kind are for.</param>
    /// <param name="method">The method of a kind.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: it is not.</exception>
    public void Check(IReadOnlyList<RegionKind> kinds, IReadOnlyList<RegionKind> common, Func<RegionKind, string> method)
    {
        var methods = common.Select(method).Distinct().ToList();
        foreach (var (kind, name, _) in _settings)
        {
            if (kind is { } own && !kinds.Contains(own))
            {
                throw new VeilException(
                    VeilErrorCode.InvalidOption, $"--set {RegionKinds.NameOf(own)}.{name}: this run does not look for {RegionKinds.NameOf(own)}.", $"Add it to --find, or leave the setting out.");
            }

            if (kind is null && methods.Count > 1)
            {
                throw new VeilException(
                    VeilErrorCode.InvalidOption,
                    $"--set {name} may be meant for {string.Join(" or ", common.Select(one => $"{RegionKinds.NameOf(one)} ({method(one)})"))}.",
                    $"Write it as {RegionKinds.NameOf(common[0])}.{name}=VALUE.");
            }
        }
    }

    /// <summary>What is meant for a kind: what has no kind first, so that what has one wins.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="common">The kinds that those without a kind are for.</param>
    public IEnumerable<KeyValuePair<string, string>> For(RegionKind kind, IReadOnlyList<RegionKind> common) => _settings
        .Where(setting => setting.Kind is { } own ? own == kind : common.Contains(kind))
        .OrderBy(setting => setting.Kind is not null)
        .Select(setting => KeyValuePair.Create(setting.Name, setting.Value));
}
