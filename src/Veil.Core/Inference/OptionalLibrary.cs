using System.Globalization;

namespace Veil.Inference;

/// <summary>A native library that Veil can do without. It is loaded when it is first asked for. Thread-safe.</summary>
public sealed class OptionalLibrary
{
    private readonly Lazy<string> _problem;

    /// <summary>Says how to look; nothing is loaded yet.</summary>
    /// <param name="probe">Calls the library; gives what is wrong with it, nothing where it can be used.</param>
    /// <param name="missing">What is wrong where it cannot be loaded.</param>
    public OptionalLibrary(Func<string> probe, string missing)
    {
        ArgumentNullException.ThrowIfNull(probe);
        _problem = new Lazy<string>(() =>
        {
            try
            {
                return probe();
            }
            catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
            {
                return missing;
            }
        });
    }

    /// <summary>True when it can be used.</summary>
    public bool IsAvailable => WhyNot.Length == 0;

    /// <summary>Why it cannot be used; empty when it can.</summary>
    public string WhyNot => _problem.Value;

    /// <summary>A library of Veil's own: its interface has a number, and another one is not called.</summary>
    /// <param name="name">As a sentence's subject: <c>Veil's vision library</c>.</param>
    /// <param name="abi">Asks it for its number.</param>
    /// <param name="needed">The number that its declarations follow.</param>
    /// <param name="missing">What is said where it cannot be loaded, after the name: <c>is not built</c>.</param>
    public static OptionalLibrary OfVeil(string name, Func<int> abi, int needed, string missing)
    {
        ArgumentNullException.ThrowIfNull(abi);
        return new OptionalLibrary(
            () => abi() is var found && found == needed ? "" : string.Create(CultureInfo.InvariantCulture, $"{name} has interface {found}, but {needed} is needed"),
            $"{name} {missing}");
    }
}
