using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Veil.Anonymization.Methods;

/// <summary>Where the faces come from.</summary>
public enum SyntheticEngine
{
    /// <summary>From a bank of generated faces: one that suits is bent, lit and blended into the place.</summary>
    Bank,

    /// <summary>Painted into the hole by a network that sees what is around it.</summary>
    Inpainter,
}

/// <summary>How latents are chosen.</summary>
public enum LatentSampling
{
    /// <summary>A latent for each person.</summary>
    Free,

    /// <summary>The mean latent for everybody: one look for all (single-mode).</summary>
    SingleMode,

    /// <summary>One of a few latents in the midst of clusters (multi-mode).</summary>
    MultiMode,
}

/// <summary>How the painted crop's colours are fitted to the place.</summary>
public enum HistogramMatching
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>The result's histogram is matched to the original crop's, faded out around the person (ad-hoc histogram match).</summary>
    AdHoc,

    /// <summary>The latent is searched whose result has a histogram like the original crop's (histogram match by latent optimisation).</summary>
    Latent,
}

/// <summary>What becomes of bodies.</summary>
public enum SyntheticBody
{
    /// <summary>Removed, and where outline and pose can be told a figure in plain clothes put in the place.</summary>
    Dressed,

    /// <summary>Removed, and background filled in.</summary>
    Removed,
}

/// <summary>Settings of <see cref="SyntheticAnonymizer"/>.</summary>
public sealed record SyntheticOptions : MethodOptions, IValidatableObject
{
    /// <summary>Where faces come from. Default <see cref="SyntheticEngine.Bank"/>.</summary>
    [Description("where faces come from: a bank of generated ones, or painted into the hole by a network")]
    public SyntheticEngine Engine { get; init; }

    /// <summary>An ONNX file of the user's own that paints people into crops (docs/generators.md), in place of the engine. Default none.</summary>
    [Description("an ONNX generator of your own that paints into crops; docs/generators.md says what it has to take and give")]
    public string Generator { get; init; } = "";

    /// <summary>How much of the way from the mean to a person's own latent is kept. 0..1; default 1.</summary>
    [Range(0.0, 1.0), Description("how far latents may be from the mean: less is plainer, and more alike")]
    public float Truncation { get; init; } = 1;

    /// <summary>How latents are chosen; what is chosen is truncated. Default <see cref="LatentSampling.Free"/>.</summary>
    [Description("how latents are chosen: one for each person, one for all, or one of a few")]
    public LatentSampling Sampling { get; init; }

    /// <summary>How painted colours are fitted to the place. Default <see cref="HistogramMatching.None"/>: each other way takes more of the original.</summary>
    [Description("how the colours of painted crops are fitted to the original's")]
    public HistogramMatching Histogram { get; init; }

    /// <summary>What becomes of bodies. Default <see cref="SyntheticBody.Dressed"/>.</summary>
    [Description("what becomes of bodies: a dressed figure where outline (--masks) and pose can be told, background elsewhere; or background everywhere")]
    public SyntheticBody Bodies { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Histogram != HistogramMatching.None && Engine == SyntheticEngine.Bank && Generator.Length == 0)
        {
            yield return new ValidationResult(
                "Expected histogram=none with engine=bank, whose faces are not painted into crops; use engine=inpainter or a generator to fit histograms.", [nameof(Histogram)]);
        }
    }
}
