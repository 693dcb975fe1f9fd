namespace Veil.Onnx.Faces;

/// <summary>What was measured about a model: which sizes it finds, and how it is cheapest to run. The numbers are per model.</summary>
internal sealed record ScaleRules
{
    /// <summary>Size (√area, input pixels) down to which the model finds faces well.</summary>
    public required float SmallestInputFace { get; init; }

    /// <summary>Size (√area, input pixels) up to which a pass is relied on, while a coarser pass follows.</summary>
    public required float LargestInputFace { get; init; }

    /// <summary>Largest ratio of the scales of successive passes.</summary>
    public required float LargestStep { get; init; }

    /// <summary>Input pixels of the coarsest pass, which shows the whole picture at once, so that a face that fills it is found too.</summary>
    public required float CoarsestPixels { get; init; }

    /// <summary>Largest enlargement with standard effort.</summary>
    public required float LargestEnlargement { get; init; }

    /// <summary>Largest enlargement with thorough effort.</summary>
    public float ThoroughEnlargement { get; init; } = 2;

    /// <summary>Input pixels of the finest pass with standard effort.</summary>
    public required float StandardPixels { get; init; }

    /// <summary>
    /// Input pixels of one inference. Larger inputs are cut into overlapping tiles: that bounds memory, and as activations
    /// then stay in the processor's cache it is also faster.
    /// </summary>
    public int TilePixels { get; init; } = 400_000;

    /// <summary>The only input size, where the model has one.</summary>
    public (int Width, int Height)? FixedInput { get; init; }
}
