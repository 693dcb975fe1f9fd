using Veil.Anonymization;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Video.Live;

/// <summary>How regions are covered: replaced as one, so that no frame has one treatment's policies and another's method.</summary>
/// <param name="Policies">How regions become covered pixels.</param>
/// <param name="Anonymizer">For one live picture alone: it may remember what it made of a track.</param>
internal sealed record LiveCover(RegionPolicies Policies, IAnonymizer Anonymizer)
{
    private const int TrialSide = 256;

    /// <summary>The cover of a treatment.</summary>
    public static LiveCover Of(LiveTreatment treatment) => new(treatment.Policies, treatment.Anonymizer.ForFilm());

    /// <summary>Covers a frame's regions in it.</summary>
    /// <returns>How many there were to cover.</returns>
    public int Apply(Frame frame, IReadOnlyList<Region> regions)
    {
        List<CoveredRegion> covered = [.. regions.Select(region => Policies.Cover(region, frame.Width, frame.Height)).OfType<CoveredRegion>()];
        FrameCover.Apply(frame, covered, Anonymizer);
        return covered.Count;
    }

    /// <summary>Covers one region of each kind in a black frame, so that what a method loads is loaded before the first frame waits for it.</summary>
    /// <exception cref="Exception">Of any kind: the method fails.</exception>
    public static void Try(LiveTreatment treatment)
    {
        var trial = Of(treatment);
        foreach (var kind in treatment.Kinds)
        {
            using var frame = new Frame(new PixelBuffer(TrialSide, TrialSide, PixelFormat.Rgb24), 0, TimeSpan.Zero);
            trial.Apply(frame, [new Region(new Box(0.25f * TrialSide, 0.25f * TrialSide, 0.75f * TrialSide, 0.75f * TrialSide), kind, 1, new RegionOrigin(RegionSource.Hand))]);
        }
    }
}
