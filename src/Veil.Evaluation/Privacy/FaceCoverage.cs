using Veil.Anonymization;
using Veil.Evaluation.Treatments;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Evaluation.Privacy;

/// <summary>What of a picture a treatment covers when its hiding is measured.</summary>
internal static class FaceCoverage
{
    /// <summary>Why a treatment cannot be measured on single faces; null when it can.</summary>
    public static string? WhyNot(Treatment treatment) =>
        treatment.Method?.Needs.HasFlag(MethodNeeds.SeveralPeople) == true ? "it exchanges faces among several people of a picture, and here there is one in each"
        : treatment.Preset?.Finds == RegionKind.Body ? "it is made for bodies, and its size and strength refer to them"
        : null;

    /// <summary>True for treatments that a run would look for dense points for.</summary>
    public static bool WantsPoints(Treatment treatment) => !treatment.IsOriginal
        && (treatment.Method!.Needs.HasFlag(MethodNeeds.FacePoints) || treatment.Policy(RegionKind.Face) is { Part: not FacePart.Whole } or { Shape: RegionShape.Face });

    /// <summary>
    /// What the treatment covers: of an aligned crop all of it, unless the method is made for a part of the face; of a photo what
    /// a run would. Null when nothing is.
    /// </summary>
    public static CoveredRegion? Of(Treatment treatment, ArchiveFace face, ArchiveLayout layout, PixelBuffer image)
    {
        if (treatment.IsOriginal)
        {
            return null;
        }

        // As a run has it: points, and what is in front of a face, are looked for where they matter, and nowhere else.
        var policy = treatment.Policy(RegionKind.Face);
        var known = WantsPoints(treatment) ? face.Region : face.Region with { Points = null };
        var region = treatment.Method!.Needs.HasFlag(MethodNeeds.Occluders) ? known : known with { Occluder = null };
        if (layout == ArchiveLayout.Photos)
        {
            return policy.Cover(treatment.Preset?.Finds == RegionKind.Image ? region with { Kind = RegionKind.Image } : region, image.Width, image.Height);
        }

        return policy.Part == FacePart.Whole
            ? new CoveredRegion(region, RegionMask.Full(image.Bounds))
            : policy.Cover(region.Points is { } points ? region with { Box = Box.Around(points.Outline) } : region, image.Width, image.Height);
    }

    /// <summary>Treats a picture in place.</summary>
    public static void Apply(IAnonymizer method, PixelBuffer image, CoveredRegion covered)
    {
        if (method is IPictureAnonymizer whole)
        {
            whole.Apply(image, [covered], []);
        }
        else
        {
            method.Apply(image, covered.Region, covered.Mask);
        }
    }
}
