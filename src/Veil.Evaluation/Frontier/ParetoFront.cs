namespace Veil.Evaluation.Frontier;

/// <summary>Which treatments no other one beats on both axes.</summary>
public static class ParetoFront
{
    /// <summary>
    /// The treatments for which no other is at least as private and at least as useful, and better in one of both, by estimates
    /// (Pareto's criterion). Of equals, all. The original takes no part: it protects nobody.
    /// </summary>
    /// <param name="points">Points that lack a measurement are never on the front.</param>
    /// <returns>From private to useful.</returns>
    public static IReadOnlyList<FrontierPoint> Of(IReadOnlyList<FrontierPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var known = points.Where(point => point.IsComplete && !point.Treatment.IsOriginal).ToList();
        return
        [
            .. known.Where(point => !known.Exists(other => Beats(other, point)))
                .OrderBy(point => point.Reidentification!.Value.Value).ThenBy(point => point.Utility!.Value.Value),
        ];
    }

    private static bool Beats(FrontierPoint one, FrontierPoint other)
    {
        var (privacy, utility) = (one.Reidentification!.Value.Value.CompareTo(other.Reidentification!.Value.Value), one.Utility!.Value.Value.CompareTo(other.Utility!.Value.Value));
        return privacy <= 0 && utility >= 0 && (privacy < 0 || utility > 0);
    }
}
