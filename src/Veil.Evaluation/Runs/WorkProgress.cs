namespace Veil.Evaluation.Runs;

/// <summary>How far a long evaluation is.</summary>
/// <param name="Step">What it is at, e.g. <c>gaussian:sigma=0.1, seed 2</c>.</param>
/// <param name="Done">Work done, in any unit that <paramref name="Total"/> shares; work of earlier starts counts.</param>
/// <param name="Total">Work in all; above 0.</param>
/// <param name="Left">How long the rest will take on this machine, from what was timed so far; null before anything was.</param>
public readonly record struct WorkProgress(string Step, double Done, double Total, TimeSpan? Left);
