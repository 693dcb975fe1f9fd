using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Evaluation.Verification;

/// <summary>A frame of the original and the same of the output. What several checks ask for is worked out once. Not thread-safe.</summary>
public sealed class FramePair : IDisposable
{
    private readonly Func<PixelBuffer, IReadOnlyList<Region>> _detect;
    private readonly Lazy<PixelBuffer> _originalRgb;
    private readonly Lazy<PixelBuffer> _outputRgb;
    private readonly Lazy<ChangeMap> _changes;
    private readonly Lazy<IReadOnlyList<Region>> _found;

    /// <summary>Takes two frames of one size.</summary>
    /// <param name="original">Not owned.</param>
    /// <param name="output">Not owned.</param>
    /// <param name="faces">The faces of the original.</param>
    /// <param name="detect">Finds faces in the output, by a detector of another family than the run's.</param>
    public FramePair(Frame original, Frame output, IReadOnlyList<Region> faces, Func<PixelBuffer, IReadOnlyList<Region>> detect)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(output);
        (Original, Output, Faces, _detect) = (original, output, faces, detect);
        _originalRgb = new(() => Rgb(original));
        _outputRgb = new(() => Rgb(output));
        _changes = new(() => new ChangeMap(OriginalRgb, OutputRgb, [.. Faces.Select(face => face.Box)]));
        _found = new(() => _detect(OutputRgb));
    }

    /// <summary>The original.</summary>
    public Frame Original { get; }

    /// <summary>The output.</summary>
    public Frame Output { get; }

    /// <summary>Faces of the original; in films followed through time.</summary>
    public IReadOnlyList<Region> Faces { get; }

    /// <summary>The pixels that the run was to cover, as its own regions say; null where nobody says.</summary>
    public IReadOnlyList<RegionMask>? Covered { get; init; }

    /// <summary>Whether the second detector and recognition are to look at this frame.</summary>
    public bool IsSampled { get; init; } = true;

    /// <summary>The original in eight bits of red, green and blue.</summary>
    public PixelBuffer OriginalRgb => _originalRgb.Value;

    /// <summary>The output in eight bits of red, green and blue.</summary>
    public PixelBuffer OutputRgb => _outputRgb.Value;

    /// <summary>Where they differ.</summary>
    public ChangeMap Changes => _changes.Value;

    /// <summary>Faces that the second detector finds in the output.</summary>
    public IReadOnlyList<Region> Found => _found.Value;

    /// <summary>Faces of the original that recognition compared with what the output shows there; added by its check.</summary>
    public ICollection<Box> Judged { get; } = [];

    /// <inheritdoc/>
    public void Dispose()
    {
        Free(_originalRgb, Original);
        Free(_outputRgb, Output);
    }

    private static PixelBuffer Rgb(Frame frame) => frame.Pixels is { Format: PixelFormat.Rgb24 } pixels ? pixels : PixelConversion.ToRgb24(frame.Pixels);

    private static void Free(Lazy<PixelBuffer> rgb, Frame frame)
    {
        if (rgb.IsValueCreated && !ReferenceEquals(rgb.Value, frame.Pixels))
        {
            rgb.Value.Dispose();
        }
    }
}
