using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Veil.Detection;

namespace Veil.Onnx.Text;

/// <summary>Settings of the detector of writing; the defaults lean towards covering (docs/plates-and-text.md).</summary>
public sealed record TextTuning : DetectorTuning
{
    /// <summary>Probability from which a pixel belongs to a line. 0.02..0.95; default 0.2, below PaddleOCR's 0.3: writing that was missed stays readable.</summary>
    [Range(0.02, 0.95)]
    [Description("probability from which a pixel belongs to writing; lower joins more and finds fainter lines")]
    public float PixelThreshold { get; init; } = 0.2f;

    /// <summary>
    /// The network marks a shrunken line; this times its area by its circumference is added on every side. 0..4; default 1.8,
    /// between PaddleOCR's 1.5 and 2.
    /// </summary>
    [Range(0.0, 4.0)]
    [Description("how far a line reaches beyond what the network marks, as area by circumference")]
    public float Unclip { get; init; } = 1.8f;

    /// <summary>Pictures are looked at in so many million pixels at most, unless thoroughly. 0.1..50; default 2.</summary>
    [Range(0.1, 50.0)]
    [Description("looks at so many million pixels at most, unless --thorough; time grows with them")]
    public float Megapixels { get; init; } = 2;
}
