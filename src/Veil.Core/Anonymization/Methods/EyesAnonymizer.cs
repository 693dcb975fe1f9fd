using System.Numerics;
using System.Runtime.InteropServices;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Anonymization.Methods;

/// <summary>Settings of <see cref="EyesAnonymizer"/>: none of its own.</summary>
public sealed record EyesOptions : MethodOptions;

/// <summary>
/// The face's mean colour over the eyes. The mean is taken over the face's contour (over an ellipse in its box where that is
/// not known) without what is covered. Where the eyes are not known the whole region takes its own mean colour.
/// </summary>
public sealed class EyesAnonymizer : RegionAnonymizer
{
    // The ellipse whose colour counts, as a share of the grown box: about the detected face without hair and background.
    private const float Inner = 0.6f;

    private const float Measured = 0.947f;

    // Samples along each side: a mean needs no more, and the cost stays the same for any size.
    private const int Samples = 128;

    private EyesAnonymizer()
    {
    }

    /// <summary>The method's description.</summary>
    public static AnonymizerDescriptor Describe() => AnonymizerDescriptor.Of<EyesOptions>(
        "eyes", "the face's mean colour over the eyes alone; anybody who knows the person still does", Guarantee.Obfuscating,
        _ => new EyesAnonymizer(),
        _ => MeasuredStrength.Always("Covering the eyes alone hides nobody", Measured),
        new MethodPreset("face-replace/eyes", "face-replace, eye color: the eyes take the average colour of the face", new EyesOptions()))
        with
        {
            Covers = FacePart.Eyes,
            Needs = MethodNeeds.FacePoints,
        };

    /// <inheritdoc/>
    public override PixelRect Reads(Region region, RegionMask mask)
    {
        ArgumentNullException.ThrowIfNull(region);
        ArgumentNullException.ThrowIfNull(mask);
        var face = Face(region).Extent;
        return face.IsEmpty ? mask.Bounds : face.Union(Box.Of(mask.Bounds)).ToPixels();
    }

    private protected override void Render(PixelBuffer image, RegionCanvas canvas)
    {
        var colour = Colour(image, canvas);
        for (var y = 0; y < canvas.Height; y++)
        {
            MemoryMarshal.Cast<byte, Rgb>(canvas.Target.Row(y)).Fill(colour);
        }
    }

    private static Rgb Colour(PixelBuffer image, RegionCanvas canvas)
    {
        var (extent, outline) = Face(canvas.Region);
        var bounds = image.Bounds;
        var face = extent.IsEmpty ? null
            : outline is null ? MaskRasterizer.RasterizeEllipse(extent, softEdge: 0, bounds)
            : MaskRasterizer.Rasterize(outline.AsSpan(), Vector2.Zero, softEdge: 0, bounds);
        return (face is null ? null : Mean(image, face.Bounds, (x, y) => face[x, y] != 0 && canvas.Mask[x, y] == 0))
            ?? Mean(image, canvas.Area, (x, y) => canvas.Mask[x, y] == byte.MaxValue)
            ?? Rgb.Black;
    }

    private static (Box Extent, Vector2[]? Outline) Face(Region region)
    {
        if (region.Points?.Outline is { } outline)
        {
            return (Box.Around(outline), [.. outline]);
        }

        return (region.Box.Grow((Inner - 1) / 2), null);
    }

    /// <summary>The mean of the pixels that count; null where there is none.</summary>
    private static Rgb? Mean(PixelBuffer image, PixelRect area, Func<int, int, bool> counts)
    {
        var seen = area.Intersect(image.Bounds);
        if (seen.IsEmpty)
        {
            return null;
        }

        using var rgb = new PixelBuffer(seen.Width, seen.Height, PixelFormat.Rgb24);
        PixelConversion.ToRgb24(image, seen, rgb);
        var step = Math.Max(1, Math.Max(seen.Width, seen.Height) / Samples);
        var (sum, count) = (default((long R, long G, long B)), 0L);
        for (var y = 0; y < seen.Height; y += step)
        {
            var row = MemoryMarshal.Cast<byte, Rgb>(rgb.Row(y));
            for (var x = 0; x < row.Length; x += step)
            {
                if (counts(x + seen.Left, y + seen.Top))
                {
                    sum = (sum.R + row[x].R, sum.G + row[x].G, sum.B + row[x].B);
                    count++;
                }
            }
        }

        return count == 0 ? null : new Rgb(Rounded(sum.R), Rounded(sum.G), Rounded(sum.B));

        byte Rounded(long total) => (byte)((total + (count / 2)) / count);
    }
}
