using Veil.Detection;
using Veil.Errors;
using Veil.Onnx.Faces;
using Veil.Onnx.Models;
using Veil.Regions;

namespace Veil.Engine.Runs;

/// <summary>
/// Which detector finds a kind of region where the user names none: the first of the catalogue that finds it and can run here.
/// Faces have a rule of their own (<see cref="OnnxDetectors.Default"/>).
/// </summary>
internal sealed class DefaultDetectors(OnnxDetectors onnx, DetectorCatalog catalog, ModelStore store)
{
    /// <summary>The detector for a kind.</summary>
    /// <param name="kind">What to find.</param>
    /// <param name="effort">How hard to look.</param>
    /// <exception cref="VeilException">None can run here; the hint says what to install.</exception>
    public DetectorChoice For(RegionKind kind, DetectionEffort effort)
    {
        if (kind == RegionKind.Face)
        {
            return onnx.Default(effort);
        }

        var name = RegionKinds.NameOf(kind);
        var reasons = new List<(DetectorDescriptor Detector, VeilException Error)>();
        foreach (var detector in catalog.All.Where(detector => detector.Kinds.Contains(kind)))
        {
            if (WhyNot(detector, store) is not { } error)
            {
                return new DetectorChoice(detector, $"the first that finds {name} and can run here", null);
            }

            reasons.Add((detector, error));
        }

        throw reasons is [var (_, first), ..]
            ? new VeilException(
                first.Code, $"Nothing that finds {name} can run here. {string.Join(" ", reasons.Select(reason => $"{reason.Detector.Id}: {reason.Error.Message}"))}",
                first.Hint, first)
            : new VeilException(
                VeilErrorCode.InvalidOption, $"No detector of this program finds {name}.",
                $"Mark them in a regions file and use 'veil apply', or find {string.Join(" or ", RegionKinds.InOrder(catalog.All.SelectMany(detector => detector.Kinds)).Select(RegionKinds.NameOf))}.");
    }

    /// <summary>Why a detector cannot run here; null when it can.</summary>
    public static VeilException? WhyNot(DetectorDescriptor detector, ModelStore store)
    {
        try
        {
            foreach (var id in detector.Models)
            {
                store.Require(ModelManifest.Find(id));
            }

            detector.EnsureUsable();
            return null;
        }
        catch (VeilException error)
        {
            return error;
        }
    }
}
