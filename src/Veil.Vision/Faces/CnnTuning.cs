using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Veil.Detection;

namespace Veil.Vision.Faces;

/// <summary>Settings of dlib's CNN detector; the defaults are those of the face_recognition library, but for the limit.</summary>
public sealed record CnnTuning : DetectorTuning
{
    /// <summary>How often the picture is doubled before, to find faces below 80 pixels. 0..2; default 1.</summary>
    [Range(0, 2)]
    [Description("how often the picture is doubled before: faces from 80, 40 or 20 pixels on")]
    public int Upsample { get; init; } = 1;

    /// <summary>Never looks at more than so many million pixels; larger pictures are reduced. 0.1..16; default 1: about 1 GB of memory.</summary>
    [Range(0.1, 16.0)]
    [Description("looks at no more than so many million pixels, doubling included: memory and time grow with them")]
    public float Megapixels { get; init; } = 1;
}
