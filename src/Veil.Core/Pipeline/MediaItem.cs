using System.Text.RegularExpressions;

namespace Veil.Pipeline;

/// <summary>How an input came to be part of a run.</summary>
public enum MediaItemOrigin
{
    /// <summary>The user named this very file: not being able to use it is a failure.</summary>
    Named,

    /// <summary>Found in a folder: what is no picture is reported and passed over.</summary>
    Found,
}

/// <summary>One input of a run.</summary>
/// <param name="Path">Full path, or <see cref="StandardInput"/>.</param>
/// <param name="Name">Its name in the run: the path below the folder that was given, with forward slashes. Unique in a run.</param>
/// <param name="Origin">Named or found.</param>
public sealed record MediaItem(string Path, string Name, MediaItemOrigin Origin)
{
    /// <summary>Stands for standard input, and for standard output as a target.</summary>
    public const string StandardInput = "-";

    /// <summary>Its name in journal and report; another than <see cref="Name"/> when names are to be hidden.</summary>
    public string ReportedName { get; init; } = Name;

    /// <summary>What is to be done with it.</summary>
    public ItemTreatment Treatment { get; init; }

    /// <summary>Its number in the manifest of the run; null in runs without one.</summary>
    public long? Number { get; init; }

    /// <summary>A text for journal or report, with the input's name replaced where names are to be hidden.</summary>
    public string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return ReportedName == Name || Path == StandardInput
            ? text
            : ReplaceWord(ReplaceWord(text.Replace(Path, ReportedName, StringComparison.Ordinal), Name), System.IO.Path.GetFileName(Path));
    }

    // As a word of its own: a file may be called "a".
    private string ReplaceWord(string text, string name) =>
        Regex.Replace(text, @"(?<![\p{L}\p{N}])" + Regex.Escape(name) + @"(?![\p{L}\p{N}])", ReportedName.Replace("$", "$$", StringComparison.Ordinal));
}
