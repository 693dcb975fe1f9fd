using System.ComponentModel.DataAnnotations;

namespace Veil.Identity;

/// <summary>When a face counts as a listed person, and when as a stranger. The defaults are measured: docs/people.md.</summary>
public sealed record PersonPolicy
{
    /// <summary>Most reference photos for which the default threshold was measured.</summary>
    public const int MeasuredPhotos = 300;

    /// <summary>From this similarity on, a face is the listed person. Range 0..1, default 0.5.</summary>
    [Range(0.0, 1.0)]
    public float Threshold { get; init; } = 0.5f;

    /// <summary>
    /// How far below the threshold a face must be to be a stranger. Between the two it is undecided. Range 0..1, default 0.25.
    /// </summary>
    [Range(0.0, 1.0)]
    public float Margin { get; init; } = 0.25f;

    /// <summary>The verdict on a face that can be seen well.</summary>
    /// <param name="similarity">That of the nearest listed person.</param>
    public PersonVerdict Judge(float similarity) =>
        similarity >= Threshold ? PersonVerdict.Listed
        : similarity < Threshold - Margin ? PersonVerdict.Stranger
        : PersonVerdict.Undecided;
}
