using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Veil.Detection;

namespace Veil.Vision.Faces;

/// <summary>Settings that dlib's detectors of faces share.</summary>
public abstract record DlibTuning : DetectorTuning
{
    /// <summary>How often the picture is doubled before, to find faces below 80 pixels. 0..2; default 1.</summary>
    [Range(0, 2)]
    [Description("how often the picture is doubled before: faces from 80, 40 or 20 pixels on")]
    public int Upsample { get; init; } = 1;

    /// <summary>Never looks at more than so many million pixels; larger pictures are reduced. Range and default are the detector's.</summary>
    public abstract float Megapixels { get; init; }
}
