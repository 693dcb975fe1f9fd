using Veil.Studio.Api.Work;

namespace Veil.Studio.Api.Isolation;

/// <summary>
/// What settings come to, kept for those that were asked for last. An anonymizer is made for it and let go again: it loads nothing
/// before its first input, which it never gets here. Thread-safe.
/// </summary>
internal sealed class FactsCache
{
    private const int Most = 64;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (SettingsFacts Facts, long Used)> _facts = new(StringComparer.Ordinal);
    private long _clock;

    /// <summary>Those of some settings.</summary>
    /// <exception cref="Veil.Errors.VeilException">The settings cannot be put to work.</exception>
    public SettingsFacts Of(AnonymizerSettings settings)
    {
        var key = ApiSettings.Write(settings);
        lock (_gate)
        {
            if (_facts.TryGetValue(key, out var known))
            {
                _facts[key] = (known.Facts, ++_clock);
                return known.Facts;
            }
        }

        SettingsFacts facts;
        using (var anonymizer = Anonymizer.Create(settings))
        {
            facts = SettingsFacts.Of(anonymizer);
        }

        lock (_gate)
        {
            if (_facts.Count >= Most)
            {
                _facts.Remove(_facts.MinBy(entry => entry.Value.Used).Key);
            }

            _facts[key] = (facts, ++_clock);
        }

        return facts;
    }
}
