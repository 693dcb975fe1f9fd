namespace Veil.Evaluation.Reports;

/// <summary>Commands as text that can be typed again.</summary>
public static class ShellWords
{
    /// <summary>Words as a POSIX shell takes them: whatever could mean something to it is quoted.</summary>
    /// <param name="words">The command and its arguments.</param>
    public static string Line(IEnumerable<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return string.Join(' ', words.Select(Quoted));
    }

    private static string Quoted(string word) =>
        word.Length > 0 && word.All(character => char.IsAsciiLetterOrDigit(character) || "-_./:=,@%+".Contains(character, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
