using Veil.Anonymization;
using Veil.Identity;
using Veil.Regions;

namespace Veil.Pipeline;

/// <summary>
/// What is done to a frame whose regions are known: choose → cover → anonymize. Of a damaged frame nobody knows what it
/// shows, so that it becomes black, whatever was found in it and whatever the method. Used by one thread.
/// </summary>
internal sealed class FrameTreatment
{
    private readonly StepClock _clock;
    private readonly FrameStep[] _sound;
    private readonly FrameStep[] _damaged;

    /// <summary>Makes the steps.</summary>
    /// <param name="policies">How regions become covered pixels.</param>
    /// <param name="anonymizer">What happens to them; null to find regions only.</param>
    /// <param name="people">Chooses which regions of a frame are covered; null where that is done, or all are.</param>
    /// <param name="explanations">Receives each frame before and after; null for none.</param>
    /// <param name="clock">Measures the steps.</param>
    public FrameTreatment(RegionPolicies policies, IAnonymizer? anonymizer, PersonChooser? people, IFrameObserver? explanations, StepClock clock)
    {
        _clock = clock;
        var cover = new FrameStep("cover", (state, _) => state.Covered = Cover(state, policies));
        _sound =
        [
            .. people is null ? [] : Only("choose", (state, cancel) => Choose(state, people, cancel)), .. Shown(explanations), cover,
            .. Explained(anonymizer is null ? null : state => FrameCover.Apply(state.Frame, state.Covered, anonymizer), explanations),
        ];
        _damaged =
        [
            .. Only("cover", (state, _) => (state.Regions, state.Clear) = ([WholeFrame.Of(state.Frame)], [])), .. Shown(explanations), cover,
            .. Explained(anonymizer is null ? null : state => FrameCover.Black(state.Frame), explanations),
        ];
    }

    /// <summary>Does the steps.</summary>
    /// <param name="state">The frame with its regions; changed.</param>
    /// <param name="cancellationToken">Stops between steps, and between faces.</param>
    public void Apply(FrameState state, CancellationToken cancellationToken)
    {
        foreach (var step in state.Frame.IsDamaged ? _damaged : _sound)
        {
            _clock.Measure(step.Name, () => step.Run(state, cancellationToken));
        }
    }

    private static FrameStep[] Only(string name, Action<FrameState, CancellationToken> run) => [new(name, run)];

    private static FrameStep[] Shown(IFrameObserver? explanations) =>
        explanations is null ? [] : Only("explain", (state, _) => explanations.Found(state.Item, state.Frame, state.Regions));

    private static FrameStep[] Explained(Action<FrameState>? anonymize, IFrameObserver? explanations) =>
    [
        .. explanations is null ? [] : Only("explain", (state, _) => explanations.Before(state.Item, state.Frame, state.Covered)),
        .. anonymize is null ? [] : Only("anonymize", (state, _) => anonymize(state)),
        .. explanations is null ? [] : Only("explain", (state, _) => explanations.After(state.Item, state.Frame)),
    ];

    private static void Choose(FrameState state, PersonChooser people, CancellationToken cancellationToken)
    {
        var choice = people.Choose(state.Frame, state.Regions, cancellationToken);
        (state.Regions, state.Clear, state.People) = (choice.Hidden, choice.Clear, choice.Counts);
    }

    private static List<CoveredRegion> Cover(FrameState state, RegionPolicies policies)
    {
        var covered = new List<CoveredRegion>(state.Regions.Count);
        foreach (var region in state.Regions)
        {
            if (policies.Cover(region, state.Frame.Width, state.Frame.Height) is { } one)
            {
                covered.Add(one);
            }
        }

        return covered;
    }
}
