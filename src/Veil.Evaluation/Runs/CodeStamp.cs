using System.Reflection;
using Veil.Anonymization;
using Veil.Evaluation.Reports;

namespace Veil.Evaluation.Runs;

/// <summary>Stands for the code that measures: figures of another build are measured again, not mixed with this one's. Thread-safe.</summary>
/// <remarks>Builds are deterministic: the same source and compiler give the same stamp.</remarks>
public static class CodeStamp
{
    /// <summary>Of methods and measurements.</summary>
    public static string Current { get; } = Of(typeof(Treatments.Treatment).Assembly, typeof(IAnonymizer).Assembly);

    /// <summary>Of assemblies, with Veil's version.</summary>
    /// <param name="assemblies">In an order that is always the same.</param>
    public static string Of(params IReadOnlyList<Assembly> assemblies) =>
        string.Join(' ', [Provenance.Version, .. assemblies.Select(assembly => assembly.ManifestModule.ModuleVersionId.ToString("N"))]);
}
