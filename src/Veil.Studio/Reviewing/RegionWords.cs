using Veil.Regions;
using Veil.Studio.Components.Pages.Review;
using Veil.Studio.Editing;
using Veil.Studio.Languages;
using Veil.Studio.Projects;

namespace Veil.Studio.Reviewing;

/// <summary>Regions, edits and doubts in the user's words.</summary>
/// <param name="texts">The texts of Review.</param>
internal sealed class RegionWords(Texts<ReviewPage> texts)
{
    /// <summary>What a kind is called.</summary>
    public string Of(RegionKind kind) => texts["Kind" + kind];

    /// <summary>What an edit is called, e.g. "Move or resize".</summary>
    public string Of(EditName edit) => texts["Edit" + edit];

    /// <summary>A reason to look.</summary>
    public string Of(DoubtReason reason) => texts["Doubt" + reason];

    /// <summary>A reason to look, and what to look for.</summary>
    public string Explained(DoubtReason reason) => texts["Explained" + reason];

    /// <summary>How far an item is.</summary>
    public string Of(ItemState state) => texts["State" + state];

    /// <summary>A region's name in its frame: its kind, and its number among that kind.</summary>
    public string NameOf(IReadOnlyList<ReviewedRegion> all, ReviewedRegion region) =>
        texts.Format("RegionName", Of(region.Region.Kind), 1 + all.TakeWhile(one => one.Id != region.Id).Count(one => one.Region.Kind == region.Region.Kind));

    /// <summary>Whether a region is covered, and if not, why.</summary>
    public string Of(CoverChoice choice) => texts["Choice" + choice];

    /// <summary>Who said that a region is there: with which certainty it was found, or that it was drawn or moved.</summary>
    public string OriginOf(ReviewedRegion region) => region.Region.Origin.Source switch
    {
        RegionSource.Hand => texts[region.IsDrawn() ? "OriginDrawn" : "OriginMoved"],
        RegionSource.Track => texts["OriginTrack"],
        _ => texts.Format("OriginFound", Math.Round(100 * region.Region.Score)),
    };

    /// <summary>All of it, for people who do not see the picture.</summary>
    public string LabelOf(IReadOnlyList<ReviewedRegion> all, ReviewedRegion region) =>
        texts.Format("RegionLabel", NameOf(all, region), Of(region.Cover), OriginOf(region));
}
