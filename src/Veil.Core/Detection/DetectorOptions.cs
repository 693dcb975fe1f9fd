using System.ComponentModel.DataAnnotations;
using Veil.Errors;
using Veil.Options;

namespace Veil.Detection;

/// <summary>How hard a detector looks.</summary>
public enum DetectionEffort
{
    /// <summary>Chosen by measurement: the best accuracy for about one inference at the picture's own scale.</summary>
    Standard,

    /// <summary>More scales, mirrored passes and tiles: as many faces as can be found, at several times the cost.</summary>
    Thorough,
}

/// <summary>Settings shared by all detectors.</summary>
public sealed record DetectorOptions
{
    /// <summary>
    /// Lowest score by default, on the scale that all detectors share, where 0.5 stands for about one false positive per
    /// picture (<see cref="ScoreScale"/>): below 0.5, so that more than one face wrongly covered per picture is accepted for
    /// fewer faces left uncovered.
    /// </summary>
    public const float DefaultThreshold = 0.45f;

    /// <summary>Regions with a lower score are not returned. 0..1; null takes <see cref="DefaultThreshold"/>.</summary>
    [Range(0.0, 1.0)]
    public float? Threshold { get; init; }

    /// <summary>Shorter side of the smallest face wanted, in pixels of the picture. 4..4096; default 8.</summary>
    [Range(4, 4096)]
    public int SmallestFace { get; init; } = 8;

    /// <summary>How hard to look. Default <see cref="DetectionEffort.Standard"/>.</summary>
    public DetectionEffort Effort { get; init; }

    /// <summary>Threads of one inference, 1..64; default 1, since pictures run in parallel.</summary>
    [Range(1, 64)]
    public int Threads { get; init; } = 1;

    /// <summary>Checks every value against its range.</summary>
    /// <param name="detector">Whose options, for the message.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: a value is out of range.</exception>
    public void Validate(string detector) =>
        new OptionsBinder($"Detector '{detector}'", typeof(DetectorOptions)).Validate(this, $"'veil detectors {detector}' says more about it.");
}
