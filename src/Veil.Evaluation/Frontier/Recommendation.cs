namespace Veil.Evaluation.Frontier;

/// <summary>Which treatment to take. Immutable.</summary>
/// <param name="Target">What was asked for.</param>
/// <param name="Best">The recommended one; null where none is shown to hold the target.</param>
/// <param name="Meeting">All that hold it, the recommended one first.</param>
public sealed record Recommendation(FrontierTarget Target, FrontierPoint? Best, IReadOnlyList<FrontierPoint> Meeting)
{
    /// <summary>Those that come closest where none holds the target: the most private of what is useful enough, the most useful of what is private enough.</summary>
    public IReadOnlyList<FrontierPoint> Closest { get; private init; } = [];

    /// <summary>
    /// Chooses. Where only utility is asked for, the most private of those that keep it; else the most useful of those that hide
    /// enough; both by the worse ends of their intervals. Of equals the better in the other, then the one named first.
    /// </summary>
    /// <param name="points">In the order named. The original, and points that lack a measurement, are never chosen.</param>
    /// <param name="target">What is asked for.</param>
    public static Recommendation For(IReadOnlyList<FrontierPoint> points, FrontierTarget target)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(target);
        var meeting = points.Where(target.IsMetBy).ToList();
        meeting = target is { MaxReidentification: null, MinUtility: not null }
            ? [.. meeting.OrderBy(point => point.Reidentification!.Value.High).ThenByDescending(point => point.Utility!.Value.Low)]
            : [.. meeting.OrderByDescending(point => point.Utility!.Value.Low).ThenBy(point => point.Reidentification!.Value.High)];
        return new Recommendation(target, meeting.Count > 0 ? meeting[0] : null, meeting) { Closest = meeting.Count > 0 ? [] : Nearest(points, target) };
    }

    private static IReadOnlyList<FrontierPoint> Nearest(IReadOnlyList<FrontierPoint> points, FrontierTarget target)
    {
        var known = points.Where(point => point.IsComplete && !point.Treatment.IsOriginal).ToList();
        FrontierPoint?[] near =
        [
            known.Where(target.HoldsPrivacy).MaxBy(point => point.Utility!.Value.Low),
            known.Where(target.HoldsUtility).MinBy(point => point.Reidentification!.Value.High),
        ];
        return [.. near.OfType<FrontierPoint>().Distinct()];
    }
}
