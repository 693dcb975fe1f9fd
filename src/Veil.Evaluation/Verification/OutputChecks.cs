using Veil.Evaluation.Verification.Checks;
using Veil.Imaging;
using Veil.Pipeline.Verification;
using Veil.Regions;

namespace Veil.Evaluation.Verification;

/// <summary>What the checks need from outside: detectors, networks, what knows file formats. For one worker.</summary>
public sealed record OutputCheckParts
{
    /// <summary>Finds faces in outputs: of another family than the run's detector.</summary>
    public required Func<PixelBuffer, IReadOnlyList<Region>> Detect { get; init; }

    /// <summary>Networks that tell people apart; empty leaves recognition out.</summary>
    public IReadOnlyList<RecognitionNetwork> Networks { get; init; } = [];

    /// <summary>Units of a JPEG whose coefficients differ, in upright pixels; null where that cannot be told.</summary>
    public Func<OutputPair, IReadOnlyList<PixelRect>?> ChangedUnits { get; init; } = static _ => null;

    /// <summary>What a file holds beside its pixels.</summary>
    public Func<string, CancellationToken, IReadOnlyList<FileTrace>> Traces { get; init; } = static (_, _) => [];

    /// <summary>Hands out the pictures inside a picture file, in Rgb24, one after the other; they are not owned.</summary>
    public Action<string, Action<PixelBuffer>> Embedded { get; init; } = static (_, _) => { };

    /// <summary>What a film holds; null for what is none.</summary>
    public Func<string, CancellationToken, FilmFacts?> Film { get; init; } = static (_, _) => null;
}

/// <summary>What decides over the checks.</summary>
public sealed record OutputCheckSettings
{
    /// <summary>
    /// Score from which on a face left visible fails an output, on the detectors' common scale; measured in docs/verify.md. 0..1.
    /// </summary>
    public float Threshold { get; init; } = 0.55f;

    /// <summary>Shorter side of the smallest face that fails an output, pixels: below, nobody is told from it. Above 0.</summary>
    public float Smallest { get; init; } = 16;

    /// <summary>What becomes of outputs that were coded anew.</summary>
    public UntouchedRule Untouched { get; init; }
}

/// <summary>The checks, in the order in which they are made and reported.</summary>
public static class OutputChecks
{
    /// <summary>Makes them, for one worker.</summary>
    /// <param name="parts">What they need.</param>
    /// <param name="settings">What decides.</param>
    public static IReadOnlyList<IOutputCheck> Create(OutputCheckParts parts, OutputCheckSettings settings)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(settings);
        return
        [
            new CopyCheck(settings.Threshold),
            new MetadataCheck(parts.Traces, parts.Embedded, parts.Detect),
            .. parts.Networks.Count > 0 ? new IOutputCheck[] { new RecognitionCheck(parts.Networks, settings.Threshold) } : [],
            new FaceCheck(settings.Smallest, settings.Threshold),
            new SceneCheck(),
            new UntouchedCheck(settings.Untouched, parts.ChangedUnits),
            new FilmCheck(parts.Film, settings.Smallest),
        ];
    }
}
