using Veil.Evaluation.Frontier;
using Veil.Evaluation.Reports;
using Veil.Evaluation.Runs;
using Veil.Pipeline;

namespace Veil.Cli.Measuring;

/// <summary>What tells how much of the original's utility is left.</summary>
internal interface IFrontierUtility : IDisposable
{
    /// <summary>What was measured on.</summary>
    IReadOnlyList<MeasuredInput> Inputs { get; }

    /// <summary>What took part.</summary>
    IReadOnlyList<ReportedModel> Models { get; }

    /// <summary>Measures, or takes what was measured before.</summary>
    /// <exception cref="Errors.VeilException">It cannot be measured here.</exception>
    /// <exception cref="OperationCanceledException">Stopped; what was measured is kept.</exception>
    void Run(IProgress<WorkProgress> progress, CancellationToken cancel);

    /// <summary>The measured axis; after <see cref="Run"/>.</summary>
    FrontierUtility Axis { get; }

    /// <summary>Writes the measurement's own report, and gives what of it belongs into the frontier's; after <see cref="Run"/>.</summary>
    IEnumerable<ReportSection> Report(Provenance provenance);

    /// <summary>What the reader must know; after <see cref="Run"/>.</summary>
    IReadOnlyList<string> Warnings { get; }
}
