using Veil.Errors;
using Veil.Regions;

namespace Veil.Cli.Options;

/// <summary>An option given as <c>VALUE</c> for every kind, or as <c>KIND=VALUE</c> for one; repeated or with commas.</summary>
/// <typeparam name="T">Its value.</typeparam>
internal sealed class KindSetting<T>
    where T : struct
{
    private readonly Dictionary<RegionKind, T> _own = [];
    private T? _all;

    /// <summary>Reads what the user gave.</summary>
    /// <param name="option">Name of the option, for messages.</param>
    /// <param name="texts">As given; later ones win.</param>
    /// <param name="parse">Reads a value; null when it cannot be read.</param>
    /// <param name="expected">What a value is, in words.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: a kind or a value is not to be understood.</exception>
    public KindSetting(string option, IEnumerable<string> texts, Func<string, T?> parse, string expected)
    {
        foreach (var text in texts.SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries)))
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            var value = parse(text[(at + 1)..].Trim())
                ?? throw new VeilException(VeilErrorCode.InvalidOption, $"{option} expects {expected}, but received '{text[(at + 1)..].Trim()}'.", $"For example: {option} VALUE, or {option} plates=VALUE");
            if (at < 0)
            {
                _all = value;
                continue;
            }

            var kind = RegionKinds.Find(text[..at].Trim())
                ?? throw new VeilException(VeilErrorCode.InvalidOption, $"{option} expects a kind out of {string.Join(", ", RegionKinds.Names)}, but received '{text[..at].Trim()}'.");
            _own[kind] = value;
        }
    }

    /// <summary>The value for a kind; null where the user gave none.</summary>
    public T? For(RegionKind kind) => _own.TryGetValue(kind, out var own) ? own : _all;
}
