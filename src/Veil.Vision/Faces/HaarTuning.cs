using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Veil.Detection;

namespace Veil.Vision.Faces;

/// <summary>Settings of OpenCV's cascades; the defaults are what tutorials and the seeds of this project use.</summary>
public sealed record HaarTuning : DetectorTuning
{
    /// <summary>Which cascade. Default <see cref="HaarCascade.FrontalDefault"/>.</summary>
    [Description("which of OpenCV's cascades, or a union of them; profiles both ways")]
    public HaarCascade Cascade { get; init; } = HaarCascade.FrontalDefault;

    /// <summary>Between one window size and the next. 1.01..4; default 1.1.</summary>
    [Range(1.01, 4.0)]
    [Description("step from one window size to the next; smaller finds more and takes longer")]
    public float ScaleFactor { get; init; } = 1.1f;

    /// <summary>Overlapping candidates that make a face. 0..100; default 5.</summary>
    [Range(0, 100)]
    [Description("overlapping candidates that make a face; fewer find more, also what is none")]
    public int Neighbors { get; init; } = 5;

    /// <summary>Larger pictures are reduced to so many million pixels. 0.1..50; default 4.</summary>
    [Range(0.1, 50.0)]
    [Description("larger pictures are reduced to so many million pixels")]
    public float Megapixels { get; init; } = 4;
}
