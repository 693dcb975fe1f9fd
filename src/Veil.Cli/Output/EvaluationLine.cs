using Veil.Evaluation.Detection;

namespace Veil.Cli.Output;

/// <summary>How far a measurement is: one line that rewrites itself, on a terminal only.</summary>
internal sealed class EvaluationLine : IProgress<EvaluationProgress>, IDisposable
{
    private readonly bool _shown = !Console.IsErrorRedirected;

    public void Report(EvaluationProgress value)
    {
        if (_shown)
        {
            Console.Error.Write($"\r{value.Done}/{value.Total} pictures");
        }
    }

    public void Dispose()
    {
        if (_shown)
        {
            Console.Error.WriteLine();
        }
    }
}
