using System.Runtime.InteropServices;
using Veil.Anonymization.Methods.Veiling;
using Veil.Imaging;

namespace Veil.Anonymization.Methods;

/// <summary>
/// A soft, softly lit oval in the region's tone. It looks like a blur but is none: the tone's number, <see cref="Bits"/>
/// bits, is all that depends on the region; light and grain come from the seed, the size and the track. In a film a track
/// keeps the tone of its first frame: the tone does not flicker, and the bound holds for the track as a whole.
/// </summary>
public sealed class VeilAnonymizer : FilteringAnonymizer
{
    /// <summary>What can be learnt about a region's pixels from its veil, in bits: its tone out of sixteen.</summary>
    public const int Bits = VeilPalette.Bits;

    // Luma steps of light and of grain at full strength.
    private const float FullShading = 100;
    private const float FullGrain = 9;

    // Below this size, pixels, light gets fainter: shaded in full, small faces look like balls.
    private const float ShadedSide = 150;

    // Grain of one pixel suits regions up to this size; larger ones get coarser grain as well.
    private const float FineSide = 180;

    // Of so many tracks the tone is remembered: more than a film shows at once, and memory does not grow with its length.
    private const int MostTracks = 4096;

    private readonly VeilOptions _options;

    private readonly Dictionary<int, int>? _tones;

    private VeilAnonymizer(VeilOptions options, Dictionary<int, int>? tones = null) => (_options, _tones) = (options, tones);

    /// <summary>The method's description.</summary>
    public static AnonymizerDescriptor Describe() => AnonymizerDescriptor.Of<VeilOptions>(
        "veil", $"soft oval in the region's tone; at most {Bits} bits of the region are left", Guarantee.Bounded,
        options => new VeilAnonymizer(options)) with
    {
        Strengths = ["tone=neutral", ""],
    };

    /// <inheritdoc/>
    public override IAnonymizer ForFilm() => new VeilAnonymizer(_options, []);

    /// <inheritdoc/>
    protected override void Filter(RegionCanvas canvas, PixelBuffer source)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(source);
        var tone = _options.Tone == VeilTone.Matched ? ToneOf(canvas, source) : VeilPalette.Neutral;
        Draw(canvas, VeilPalette.Ink(tone));
    }

    private int ToneOf(RegionCanvas canvas, PixelBuffer source)
    {
        if (_tones is null || canvas.Region.Track is not { } track)
        {
            return VeilMeter.Measure(canvas, source);
        }

        if (!_tones.TryGetValue(track, out var tone))
        {
            if (_tones.Count >= MostTracks)
            {
                // Numbers rise: the lowest is the track that was seen first.
                _tones.Remove(_tones.Keys.Min());
            }

            _tones.Add(track, tone = VeilMeter.Measure(canvas, source));
        }

        return tone;
    }

    private void Draw(RegionCanvas canvas, VeilInk ink)
    {
        // Light comes from the seed alone, so that all faces of a picture stand in the same light.
        var seed = SplitMix64.Combine((ulong)_options.Seed, 0);
        var halfWidth = Math.Max(canvas.Box.Width / 2, 0.5f);
        var halfHeight = Math.Max(canvas.Box.Height / 2, 0.5f);
        var strength = _options.Shading * FullShading * ink.Contrast * Math.Clamp(canvas.LongSide / ShadedSide, 0.4f, 1);
        var light = new VeilLight(canvas.Width, canvas.Box.CenterX, halfWidth, strength, new SplitMix64(seed));

        // Grain is counted from the region's corner, so that it moves along with it.
        var grain = unchecked((uint)SplitMix64.Combine(seed, unchecked((ulong)(canvas.Region.Track ?? -1))));
        var (left, top) = ((int)MathF.Round(-canvas.Box.Left), (int)MathF.Round(-canvas.Box.Top));
        var amplitude = _options.Grain * FullGrain * ink.Contrast * Math.Min(1, 0.5f + (canvas.LongSide / (2 * FineSide)));
        var coarseness = Math.Clamp((int)MathF.Round(MathF.Log2(canvas.LongSide / FineSide)), 0, 8);
        var row = new float[canvas.Width];
        for (var y = 0; y < canvas.Height; y++)
        {
            light.Row((y + 0.5f - canvas.Box.CenterY) / halfHeight, row);

            // One step of noise at least: it keeps the gradient from banding.
            VeilGrain.AddRow(row, left, top + y, 0, Math.Max(1, amplitude * (coarseness > 0 ? 0.7f : 1)), grain);
            if (coarseness > 0 && amplitude > 0)
            {
                VeilGrain.AddRow(row, left, top + y, coarseness, amplitude * 0.5f, ~grain);
            }

            Colour(row, ink, MemoryMarshal.Cast<byte, Rgb>(canvas.Target.Row(y)));
        }
    }

    private static void Colour(ReadOnlySpan<float> light, VeilInk ink, Span<Rgb> target)
    {
        const float half = 0.5f;
        for (var x = 0; x < target.Length; x++)
        {
            var value = light[x];
            target[x] = new Rgb(
                (byte)Math.Clamp(ink.Base.X + (ink.Slope.X * value) + half, 0, byte.MaxValue),
                (byte)Math.Clamp(ink.Base.Y + (ink.Slope.Y * value) + half, 0, byte.MaxValue),
                (byte)Math.Clamp(ink.Base.Z + (ink.Slope.Z * value) + half, 0, byte.MaxValue));
        }
    }
}
