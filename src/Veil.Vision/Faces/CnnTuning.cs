using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Veil.Vision.Faces;

/// <summary>Settings of dlib's CNN detector; the defaults are those of the face_recognition library, but for the limit.</summary>
public sealed record CnnTuning : DlibTuning
{
    /// <summary>Never looks at more than so many million pixels; larger pictures are reduced. 0.1..16; default 1: about 1 GB of memory.</summary>
    [Range(0.1, 16.0)]
    [Description("looks at no more than so many million pixels, doubling included: memory and time grow with them")]
    public override float Megapixels { get; init; } = 1;
}
