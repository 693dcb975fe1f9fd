namespace Veil.Kernels;

/// <summary>How a picture is brought to another size. Pixel centres lie at half coordinates in all of them.</summary>
public enum Resampling
{
    /// <summary>The source pixel that holds the target pixel's centre.</summary>
    Nearest,

    /// <summary>The four pixels around, linearly; no smoothing when reducing (cv2 INTER_LINEAR).</summary>
    Bilinear,

    /// <summary>Exact mean of the area a target pixel covers (cv2 INTER_AREA); linear along an axis that grows.</summary>
    Area,
}
