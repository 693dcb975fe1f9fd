using Veil.Errors;

namespace Veil.Studio.Api.Work;

/// <summary>Gives out settings that are put to work: in this process or in others. Thread-safe.</summary>
internal interface IAnonymizerSource : IDisposable
{
    /// <summary>Puts settings to work, or takes what is there already. Takes as long as loading does.</summary>
    /// <param name="settings">What is to be done.</param>
    /// <returns>To be disposed when the work has ended.</returns>
    /// <exception cref="VeilException">They cannot be put to work.</exception>
    IAnonymizerLease Rent(AnonymizerSettings settings);
}
