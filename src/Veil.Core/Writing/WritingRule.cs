using System.Text.RegularExpressions;
using Veil.Errors;

namespace Veil.Writing;

/// <summary>
/// Which writing is hidden: what matches a pattern, and what cannot be read for sure. Immutable and thread-safe. Matching
/// takes time in proportion to the text, whatever the pattern.
/// </summary>
public sealed class WritingRule
{
    /// <summary>
    /// Certainty from which a reading counts where none is said. Sharp print reads at 0.95 and more; readings of blurred or small
    /// writing that were wrong lay below 0.9 mostly, not always (docs/plates-and-text.md).
    /// </summary>
    public const float DefaultCertainty = 0.9f;

    private readonly Regex[] _patterns;

    /// <summary>Reads patterns.</summary>
    /// <param name="patterns">.NET regular expressions, at least one, without look-around and back-references; any of them is enough.</param>
    /// <param name="letterCase">Whether case matters.</param>
    /// <param name="certainty">From which a reading counts, 0..1.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: a pattern is none; the message says where.</exception>
    public WritingRule(IReadOnlyList<string> patterns, LetterCase letterCase = LetterCase.Ignored, float certainty = DefaultCertainty)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        ArgumentOutOfRangeException.ThrowIfZero(patterns.Count);
        if (!(certainty is >= 0 and <= 1))
        {
            throw new VeilException(VeilErrorCode.InvalidOption, FormattableString.Invariant($"The certainty of readings: expected 0 to 1, but received {certainty}."));
        }

        var options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | (letterCase == LetterCase.Ignored ? RegexOptions.IgnoreCase : RegexOptions.None);
        _patterns = [.. patterns.Select(pattern => Parse(pattern, options))];
        Certainty = certainty;
    }

    /// <summary>From which a reading counts, 0..1.</summary>
    public float Certainty { get; }

    /// <summary>Whether a reading says enough to be matched; what does not is hidden.</summary>
    public bool IsSure(LineReading reading) => reading.Text.Length > 0 && reading.Certainty >= Certainty;

    /// <summary>Where a text matches; an empty match stands for the character after it.</summary>
    internal IEnumerable<(int Start, int End)> Matches(string text) =>
        _patterns.SelectMany(pattern => pattern.Matches(text)).Select(match => (match.Index, match.Index + Math.Max(match.Length, 1)));

    private static Regex Parse(string pattern, RegexOptions options)
    {
        try
        {
            return new Regex(pattern, options);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new VeilException(
                VeilErrorCode.InvalidOption, $"Expected a regular expression, but received '{pattern}': {error.Message}",
                "Quote it in the shell. Look-around, back-references and atomic groups are left out, so that no text can make it slow.", error);
        }
    }
}
