using System.CommandLine;
using Veil.Anonymization;
using Veil.Evaluation.Treatments;

namespace Veil.Cli.Options;

/// <summary>What an evaluation compares: <c>--methods</c>.</summary>
internal sealed class TreatmentOptions(params string[] usual)
{
    private readonly Option<string[]> _methods = new("--methods", "-m")
    {
        Description = $"What to compare: methods (veil), with options (gaussian:sigma=0.1), at all strengths (pixelate:*), presets (face-replace/blur), or one of {TreatmentList.Methods}, {TreatmentList.Strengths}, {TreatmentList.Presets}. Default: {(usual.Length == 0 ? "none" : string.Join(' ', usual))}.",
        HelpName = "METHOD",
        AllowMultipleArgumentsPerToken = true,
    };

    public void AddTo(Command command) => command.Add(_methods);

    /// <summary>The treatments, the original first; empty where none is named and there is no usual choice.</summary>
    /// <exception cref="Errors.VeilException">Unknown or out of range.</exception>
    public IReadOnlyList<Treatment> Read(ParseResult parsed, AnonymizerCatalog catalog) =>
        (parsed.GetValue(_methods) is { Length: > 0 } named ? named : usual) is { Length: > 0 } words ? TreatmentList.Parse(words, catalog) : [];
}
