using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Veil.Vision.Faces;

/// <summary>Settings of dlib's HOG detector; the defaults are those of the face_recognition library.</summary>
public sealed record HogTuning : DlibTuning
{
    /// <summary>Never looks at more than so many million pixels; larger pictures are reduced. 0.1..50; default 8.</summary>
    [Range(0.1, 50.0)]
    [Description("looks at no more than so many million pixels, doubling included")]
    public override float Megapixels { get; init; } = 8;
}
