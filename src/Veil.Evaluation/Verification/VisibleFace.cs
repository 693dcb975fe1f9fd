using Veil.Regions;

namespace Veil.Evaluation.Verification;

/// <summary>Whether a face of the original is still there in the output.</summary>
public static class VisibleFace
{
    /// <summary>A face of which less than this share was changed is not covered, as in <see cref="Video.LeakEvaluator"/>.</summary>
    public const float CoveredEnough = 0.5f;

    /// <summary>
    /// From this correlation on a face looks the same although its pixels were changed, e.g. by coding anew or by a blur of
    /// hardly a pixel.
    /// </summary>
    public const double Same = 0.98;

    /// <summary>Looks at a place.</summary>
    /// <param name="pair">The frames.</param>
    /// <param name="box">Where a face is.</param>
    public static bool In(FramePair pair, Box box)
    {
        ArgumentNullException.ThrowIfNull(pair);
        return pair.Changes.Share(box) < CoveredEnough || PatchAgreement.Of(pair.OriginalRgb, pair.OutputRgb, box) >= Same;
    }
}
