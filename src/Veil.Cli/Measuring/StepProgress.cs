using Veil.Evaluation.Runs;

namespace Veil.Cli.Measuring;

/// <summary>Progress of one of several measurements, with its name before each step.</summary>
/// <param name="name">Of the measurement.</param>
/// <param name="inner">Who is told.</param>
internal sealed class StepProgress(string name, IProgress<WorkProgress> inner) : IProgress<WorkProgress>
{
    /// <inheritdoc/>
    public void Report(WorkProgress value) => inner.Report(value with { Step = $"{name}: {value.Step}" });
}
