using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Veil.Anonymization.Methods.Blocking;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Anonymization.Methods;

/// <summary>Settings of <see cref="BlocksAnonymizer"/>.</summary>
public sealed record BlocksOptions : MethodOptions, IValidatableObject
{
    /// <summary>Side of a cell. 0.01..1 of the longer side, or 1..4096 px; default 0.25: four cells.</summary>
    [LengthRange(0.01, 1, 1, 4096), Description("side of a cell")]
    public Length Cell { get; init; } = Length.Relative(0.25f);

    /// <summary>
    /// How many turns the cells take to be blanked. 4: every other cell of every other row at a time, each filled from known
    /// cells all around; 2: as on a chessboard, each filled from the cells beside, above and below it. Default 4.
    /// </summary>
    [Range(2, 4), Description("cells are blanked in so many turns: 4, every other one of every other row; or 2, as on a chessboard")]
    public int Sets { get; init; } = 4;

    /// <summary>How far Telea's inpainting looks around a pixel. 1..100 px, where a cell of more than 12 px counts as 12 if it is relative; default 5.</summary>
    [Range(1.0, 100.0), Description("how far the filling looks around a pixel, in pixels; a relative cell counts as 12 at most")]
    public float Radius { get; init; } = 5;

    /// <summary>Keypoints at which the original pixel is put back. 0..100000; default 0: they are original pixels.</summary>
    [Range(0, 100_000), Description("keypoints (ORB) at which the original pixel is put back; each gives one away")]
    public int Features { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Sets is not (2 or 4))
        {
            yield return new ValidationResult($"Expected sets to be 2 or 4, but received {Sets}.", [nameof(Sets)]);
        }
    }
}

/// <summary>
/// Blocking and merging: the cells of a grid are blanked in turns and filled from the other cells; what was filled in all
/// turns makes the result, and original pixels at keypoints may be added. Every pixel is synthesised, but from neighbours at
/// most half a cell away: it looks like a picture seen through ribbed glass.
/// </summary>
public sealed class BlocksAnonymizer : FilteringAnonymizer
{
    /// <summary>
    /// The cells of the method's authors. Relative cells wider than this are computed on a reduced copy in which they are as
    /// wide, so that a region looks and costs the same at any resolution.
    /// </summary>
    private const int WidestRelativeCell = 12;

    private static readonly MeasuredStrength[] Measured = [new(1 / 8f, 0.382f), new(1 / 4f, 0.213f)];

    private readonly BlocksOptions _options;
    private readonly Inpainter _inpaint;
    private readonly KeypointFinder? _keypoints;

    private BlocksAnonymizer(BlocksOptions options, MethodEngines engines)
    {
        (_options, _inpaint) = (options, engines.Telea(options.Radius));
        _keypoints = options.Features > 0 ? engines.Orb() : null;
    }

    /// <summary>The method's description.</summary>
    /// <param name="engines">Supplies Telea's inpainting, and keypoints where they are asked for.</param>
    public static AnonymizerDescriptor Describe(MethodEngines engines)
    {
        ArgumentNullException.ThrowIfNull(engines);
        return AnonymizerDescriptor.Of<BlocksOptions>(
            "blocks", "blocking and merging: each cell of a grid is filled in from its neighbours; hides badly", Guarantee.Obfuscating,
            options => new BlocksAnonymizer(options, engines),
            Assess,
            new MethodPreset(
                "data-anonymization/blocks", "data-anonymization, Blocking & Merging: cells of 12 pixels in 4 sets, Telea radius 5, pixels of 1500 ORB keypoints; on whole pictures",
                new BlocksOptions { Cell = Length.Pixels(12), Features = 1500 })
            {
                Finds = RegionKind.Image,
            }) with
        {
            Strengths = ["cell=0.5", "", "cell=0.125"],
        };
    }

    /// <inheritdoc/>
    protected override void Filter(RegionCanvas canvas, PixelBuffer source)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(source);
        var cell = _options.Cell.Resolve(canvas.LongSide);
        if (_options.Cell.Unit == LengthUnit.Pixels || cell <= WidestRelativeCell)
        {
            Fill(source, canvas.Target, new CellGrid((int)MathF.Floor(canvas.Box.Left), (int)MathF.Floor(canvas.Box.Top), (int)Math.Max(1, MathF.Round(cell)), _options.Sets));
            return;
        }

        var scale = WidestRelativeCell / cell;
        var (width, height) = ((int)Math.Max(1, MathF.Round(canvas.Width * scale)), (int)Math.Max(1, MathF.Round(canvas.Height * scale)));
        using var reduced = new PixelBuffer(width, height, PixelFormat.Rgb24);
        using var filled = new PixelBuffer(width, height, PixelFormat.Rgb24);
        Resampler.Apply(source.Span, source.Stride, source.Width, source.Height, reduced.Span, reduced.Stride, width, height, 3, Resampling.Area);
        Fill(reduced, filled, new CellGrid((int)MathF.Floor(canvas.Box.Left * scale), (int)MathF.Floor(canvas.Box.Top * scale), WidestRelativeCell, _options.Sets));
        var target = canvas.Target;
        Resampler.Apply(filled.Span, filled.Stride, width, height, target.Span, target.Stride, target.Width, target.Height, 3, Resampling.Bilinear);
    }

    private static MethodWarning? Assess(BlocksOptions options) => options.Features > 0
        ? MeasuredStrength.Always("Blocking and merging with original pixels at keypoints hides badly (measured with cells of 12 pixels and 1500 keypoints on faces of 112)", 0.514f)
        : MeasuredStrength.Assess("Cell size", options.Cell, Measured);

    private void Fill(PixelBuffer source, PixelBuffer target, CellGrid grid)
    {
        for (var set = 0; set < grid.Sets; set++)
        {
            BlockFill.Apply(source, target, grid, set, _inpaint, (int)MathF.Ceiling(_options.Radius) + 2);
        }

        foreach (var (x, y) in _keypoints?.Invoke(source, _options.Features) ?? [])
        {
            source.Row(y).Slice(x * 3, 3).CopyTo(target.Row(y)[(x * 3)..]);
        }
    }
}
