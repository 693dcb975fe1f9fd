using System.Text.Json.Serialization;

namespace Veil.Evaluation.Privacy.Likeness;

/// <summary>How much treated pictures look like their originals, inside and outside of what was covered.</summary>
/// <param name="Inside">Pixels with full coverage.</param>
/// <param name="Outside">Pixels without coverage.</param>
public sealed record PictureLikeness(AreaLikeness Inside, AreaLikeness Outside);

/// <summary>Likeness of an area, over pictures.</summary>
/// <param name="Ssim">Mean structural similarity, −1..1; null where no window of 11×11 lies in it.</param>
/// <param name="MeanSquaredError">Over all channels, in squared grey levels.</param>
/// <param name="Pixels">Pixels in all pictures.</param>
public sealed record AreaLikeness(double? Ssim, double MeanSquaredError, long Pixels)
{
    /// <summary>Peak signal-to-noise ratio in decibels, of the pooled error; infinite for identical pixels, null where there is none.</summary>
    [JsonIgnore]
    public double? Psnr => Pixels == 0 ? null : MeanSquaredError == 0 ? double.PositiveInfinity : 10 * Math.Log10(255 * 255 / MeanSquaredError);
}
