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
}
