using Veil.Onnx.Decoders;

namespace Veil.Onnx.Models;

/// <summary>One model of the <see cref="ModelManifest"/>.</summary>
public sealed record ModelEntry
{
    /// <summary>Name on the command line; lower case.</summary>
    public required string Id { get; init; }

    /// <summary>File name in a models folder.</summary>
    public required string File { get; init; }

    /// <summary>Names of further files of the model, in the same folder as <see cref="File"/>; empty for most.</summary>
    public IReadOnlyList<string> Parts { get; init => field = value ?? []; } = [];

    /// <summary>SHA-256 of the file, followed by its parts in their order, lower-case hexadecimal; empty where Veil has not seen the file and knows its layout only.</summary>
    public string Sha256 { get; init => field = value ?? ""; } = "";

    /// <summary>Size of the file and its parts; 0 where unknown.</summary>
    public long Bytes { get; init; }

    /// <summary>What it is for.</summary>
    public required string Finds { get; init; }

    /// <summary>Where the weights come from.</summary>
    public required Uri Origin { get; init; }

    /// <summary>What the origin says about their use.</summary>
    public required string Licence { get; init; }

    /// <summary>The same in short.</summary>
    public required ModelTerms Terms { get; init; }

    /// <summary>How a face model arranges its outputs; null for models of other kinds.</summary>
    public FaceLayout? Layout { get; init; }

    /// <summary>What was measured with it; empty when nothing was.</summary>
    public string Accuracy { get; init => field = value ?? ""; } = "";

    /// <summary>The npm package that installs it; null when none does.</summary>
    public string? Npm { get; init; }

    /// <summary>Official address of the file; null when the origin offers no single file.</summary>
    public Uri? Address { get; init; }
}
