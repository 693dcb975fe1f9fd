using Veil.Evaluation.Privacy;
using Veil.Evaluation.Treatments;
using Veil.Regions;

namespace Veil.Evaluation.Frontier;

/// <summary>What was covered when both axes were measured, and so what a command must cover for the figures to hold. Immutable.</summary>
/// <param name="Faces">The pictures of people: of aligned crops everything was covered, of photos what a run covers.</param>
/// <param name="Dataset">What was covered in the dataset.</param>
/// <param name="Asked">What of it the user asked for; empty where that was nothing.</param>
public sealed record FrontierCoverage(ArchiveLayout Faces, IReadOnlyList<RegionKind> Dataset, IReadOnlyList<RegionKind> Asked)
{
    private static readonly RegionKind[] WithFaces = [RegionKind.Face, RegionKind.Head, RegionKind.Body, RegionKind.Image];

    /// <summary>Faces in photos, as a run without further options covers them.</summary>
    public static FrontierCoverage AsRuns { get; } = new(ArchiveLayout.Photos, [RegionKind.Face], []);

    /// <summary>Options that make a run cover what was measured, as far as it can.</summary>
    /// <param name="treatment">Any but the original.</param>
    internal IEnumerable<string> Options(Treatment treatment) =>
    [
        .. Asked.Count > 0 ? ["--find", string.Join(',', Asked.Select(RegionKinds.NameOf))] : Array.Empty<string>(),
        .. NeedsBox(treatment) ? ["--shape", Asked is [] or [RegionKind.Face] ? "box" : RegionKinds.NameOf(RegionKind.Face) + "=box"] : Array.Empty<string>(),
    ];

    /// <summary>In what the command still differs from what was measured; empty where it does not.</summary>
    /// <param name="treatment">Any but the original.</param>
    internal IEnumerable<string> Differences(Treatment treatment)
    {
        if (Faces == ArchiveLayout.Aligned)
        {
            yield return "Re-identification was measured on crops of faces"
                + (treatment.Policy(RegionKind.Face).Part == FacePart.Whole ? ", all of which was covered. " + (NeedsBox(treatment)
                    ? "The command covers the box around each face with some growth, which comes closest in photos; the usual ellipse (without --shape) leaves more of the head showing, and the figures do not hold for it. "
                    : "In photos the command may cover less. ") : ". ")
                + "Hair, clothes and places that photos show beside the face were not there to be recognized by. A folder of photos as FACES measures what runs cover.";
        }

        if (Asked.Count == 0 && Dataset is [RegionKind.Image])
        {
            yield return "Utility was measured with whole pictures anonymized, since --find was not given; the command covers faces alone, for which utility was not measured.";
        }
        else if (Asked.Count > 0 && !Asked.Any(WithFaces.Contains))
        {
            yield return $"Re-identification was measured on faces, but the command covers {string.Join(", ", Asked.Select(RegionKinds.NameOf))} and leaves faces as they are: the figure says nothing about its pictures. Add faces to --find.";
        }
    }

    /// <summary>Whether a crop was covered entirely where a run would cover a part of it.</summary>
    private bool NeedsBox(Treatment treatment) =>
        Faces == ArchiveLayout.Aligned && treatment.Preset?.Finds is null or RegionKind.Face && (Asked.Count == 0 || Asked.Contains(RegionKind.Face))
        && treatment.Policy(RegionKind.Face) is { Part: FacePart.Whole, Shape: not RegionShape.Box };
}
