namespace Veil.Pipeline;

/// <summary>What an input is, known before its frames are.</summary>
/// <param name="Format">Name of the format, e.g. <c>jpeg</c>.</param>
/// <param name="Extension">Its usual file extension with the dot.</param>
/// <param name="Width">Columns of the upright picture.</param>
/// <param name="Height">Rows of the upright picture.</param>
/// <param name="Frames">How many frames; 1 for a still.</param>
public sealed record MediaInfo(string Format, string Extension, int Width, int Height, int Frames)
{
    /// <summary>True when the frames show one scene after another in time, so that regions can be carried from frame to frame.</summary>
    public bool IsMoving { get; init; }

    /// <summary>Average frames a second; 0 where that is not known.</summary>
    public double FramesPerSecond { get; init; }

    /// <summary>Things worth telling the user, e.g. pages that are left out.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
