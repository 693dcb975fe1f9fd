using Veil.Errors;
using Veil.Pipeline;

namespace Veil.Studio.Api.Work;

/// <summary>Settings that are put to work, until it is disposed.</summary>
internal interface IAnonymizerLease : IDisposable
{
    /// <summary>What the settings come to.</summary>
    SettingsFacts Facts { get; }

    /// <summary>Works on one input. What is wrong with it does not throw: the result says so, and nothing is written then.</summary>
    /// <param name="assignment">What is to be done.</param>
    /// <param name="cancellationToken">Abandons it: another process is ended at once, this one stops at the engine's next step.</param>
    /// <exception cref="VeilException">The engine cannot work with these settings here.</exception>
    /// <exception cref="OperationCanceledException">Abandoned.</exception>
    ItemResult Process(Assignment assignment, CancellationToken cancellationToken);
}
