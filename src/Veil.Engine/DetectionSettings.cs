using Veil.Detection;

namespace Veil;

/// <summary>With which detectors people are looked for, and how hard. Immutable.</summary>
public sealed record DetectionSettings
{
    /// <summary>Ids of detectors, each for all that it finds; several are united. Empty (default): the best one present for each kind.</summary>
    public IReadOnlyList<string> Detectors { get; init; } = [];

    /// <summary>
    /// Detectors of the program's own, beside Veil's: <see cref="Detectors"/> names them by their ids; where it names none for a kind, they
    /// come after Veil's. Default: none.
    /// </summary>
    public IReadOnlyList<DetectorDescriptor> OwnDetectors { get; init; } = [];

    /// <summary>Lowest score that counts, 0..1, for every detector; null (default) for the detector's own.</summary>
    public float? Threshold { get; init; }

    /// <summary>Shorter side of the smallest face wanted, pixels.</summary>
    public int SmallestFace { get; init; } = new DetectorOptions().SmallestFace;

    /// <summary>How hard to look.</summary>
    public DetectionEffort Effort { get; init; }

    /// <summary>Whether people are told from the background in their boxes; for bodies alone.</summary>
    public BodyMasks Masks { get; init; }
}
