using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Veil.Detection;

namespace Veil.Vision.Plates;

/// <summary>Settings of OpenCV's plate cascades; the defaults find more, and more that is none, than OpenCV's own (docs/plates-and-text.md).</summary>
public sealed record PlateCascadeTuning : DetectorTuning
{
    /// <summary>Which cascade. Default <see cref="PlateCascade.PlateNumber"/>: the other one found little beside it.</summary>
    [Description("which of OpenCV's plate cascades")]
    public PlateCascade Cascade { get; init; } = PlateCascade.PlateNumber;

    /// <summary>Between one window size and the next. 1.01..4; default 1.05.</summary>
    [Range(1.01, 4.0)]
    [Description("step from one window size to the next; smaller finds more and takes longer")]
    public float ScaleFactor { get; init; } = 1.05f;

    /// <summary>Overlapping candidates that make a plate. 0..100; default 2.</summary>
    [Range(0, 100)]
    [Description("overlapping candidates that make a plate; fewer find more, also what is none")]
    public int Neighbors { get; init; } = 2;

    /// <summary>Looks at so many million pixels at most; smaller pictures are enlarged twofold, but not beyond. 0.1..50; default 2.</summary>
    [Range(0.1, 50.0)]
    [Description("looks at so many million pixels at most; smaller pictures are enlarged, no more than twofold")]
    public float Megapixels { get; init; } = 2;
}
