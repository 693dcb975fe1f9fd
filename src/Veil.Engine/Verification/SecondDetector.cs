using Veil.Engine.Runs;
using Veil.Detection;
using Veil.Errors;
using Veil.Onnx.Models;
using Veil.Regions;

namespace Veil.Engine.Verification;

/// <summary>Which detector looks at outputs: one of another family than those that made the run, for a detector does not see its own misses.</summary>
internal static class SecondDetector
{
    // From what was measured to find most.
    private static readonly string[] Preferred = ["retinaface", "yunet", "scrfd-2.5g", "scrfd-500m", "yolo-face", "dlib-cnn", "haar"];

    /// <summary>The choice.</summary>
    /// <param name="catalog">All detectors.</param>
    /// <param name="store">Their models.</param>
    /// <param name="used">Ids of the detectors that made the run; empty when nobody knows.</param>
    /// <param name="named">What the user wants; null for the best of another family.</param>
    /// <exception cref="VeilException">None can run here, or the named one cannot or is of the run's own family.</exception>
    public static DetectorDescriptor Choose(DetectorCatalog catalog, ModelStore store, IReadOnlyList<string> used, string? named)
    {
        var families = used.Select(Family).ToHashSet(StringComparer.Ordinal);
        if (named is not null)
        {
            var detector = catalog.Find(named);
            if (!detector.Kinds.Contains(RegionKind.Face))
            {
                throw new VeilException(VeilErrorCode.InvalidOption, $"Detector '{named}' finds no faces.", "Name one that does: 'veil detectors' lists them.");
            }

            if (families.Contains(Family(named)))
            {
                throw new VeilException(VeilErrorCode.InvalidOption, $"The run was made with {string.Join(", ", used)}: '{named}' would miss what that missed.", "Name a detector of another family, or none.");
            }

            if (DefaultDetectors.WhyNot(detector, store) is { } reason)
            {
                throw reason;
            }

            return detector;
        }

        return Preferred.Where(id => !families.Contains(Family(id))).Select(catalog.Find).FirstOrDefault(detector => DefaultDetectors.WhyNot(detector, store) is null)
            ?? throw new VeilException(
                VeilErrorCode.InvalidModel, $"No face detector of another family than {string.Join(", ", used)} can run here.", "'veil models pull yunet' gets one, and 'veil doctor' says what else is missing.");
    }

    /// <summary>Detectors of one family make the same mistakes: they share their architecture and training.</summary>
    private static string Family(string id) => id.Split('-')[0] is "scrfd" ? "scrfd" : id;
}
