using Veil.Pipeline;

namespace Veil.Cli.Output;

/// <summary>Tells a person how a run goes, on standard error.</summary>
internal interface IRunProgress
{
    /// <summary>Runs the work and shows its progress.</summary>
    /// <param name="total">How many items there are.</param>
    /// <param name="work">Does the work and calls back: for each result, one at a time, and for frames, several at a time.</param>
    Task ShowAsync(int total, Func<Action<ItemResult>, Action<ItemProgress>, Task> work);
}
