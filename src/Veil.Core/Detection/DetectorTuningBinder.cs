using Veil.Errors;
using Veil.Options;

namespace Veil.Detection;

/// <summary>Reads the settings of one detector from text, and describes them, as methods' options are. Thread-safe.</summary>
public static class DetectorTuningBinder
{
    /// <summary>The detector with settings from <c>name=value</c> pairs; a name given twice takes its last value.</summary>
    /// <param name="detector">Whose settings.</param>
    /// <param name="values">Names and values.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: unknown, unreadable or out of range; the message names the known ones.</exception>
    public static DetectorDescriptor Bind(DetectorDescriptor detector, IEnumerable<KeyValuePair<string, string>> values)
    {
        ArgumentNullException.ThrowIfNull(detector);
        KeyValuePair<string, string>[] pairs = [.. values];
        if (pairs.Length == 0)
        {
            return detector;
        }

        if (detector.Tuning is null)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"Detector '{detector.Id}' has no options of its own, but received '{pairs[0].Key}'.");
        }

        var tuning = detector.Tuning with { };
        Binder(detector).Assign(tuning, pairs);
        return detector.With(tuning);
    }

    /// <summary>The detector's settings in words, with the values that it has as defaults; empty where it has none.</summary>
    public static IReadOnlyList<OptionDescription> Describe(DetectorDescriptor detector)
    {
        ArgumentNullException.ThrowIfNull(detector);
        return detector.Tuning is { } tuning ? Binder(detector).Describe(tuning) : [];
    }

    /// <summary>The values of its settings as text that <see cref="Bind"/> reads back: for reports.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Write(DetectorDescriptor detector)
    {
        ArgumentNullException.ThrowIfNull(detector);
        return detector.Tuning is { } tuning ? Binder(detector).Write(tuning) : [];
    }

    internal static OptionsBinder Binder(DetectorDescriptor detector) => new($"Detector '{detector.Id}'", typeof(DetectorTuning));
}
