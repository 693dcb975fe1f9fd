using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Explanation;

/// <summary>
/// Draws how a picture was anonymized as a sheet of six panels: original, grey, detected, face, covered face, result.
/// The sheet shows the original: it is for the person who explains, not for publication.
/// </summary>
public sealed class StepSheet : IDisposable
{
    private const int Columns = 3;
    private const int Rows = 2;
    private const int Margin = 12;
    private const int CaptionScale = 2;
    private const int CaptionHeight = (CaptionFont.Height * CaptionScale) + Margin;
    private const byte Paper = 250;
    private const byte Ink = 40;

    private readonly PixelBuffer _original;
    private readonly IReadOnlyList<CoveredRegion> _covered;
    private readonly float _scale;

    /// <summary>Keeps a copy of the picture before anything is covered.</summary>
    /// <param name="original">Any format; copied.</param>
    /// <param name="covered">What will be covered.</param>
    /// <param name="scale">Panels per picture pixel, above 0; e.g. 1.5.</param>
    public StepSheet(PixelBuffer original, IReadOnlyList<CoveredRegion> covered, float scale)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale);
        _original = PixelConversion.ToRgb24(original);
        (_covered, _scale) = (covered, scale);
    }

    /// <summary>The sheet, once the picture is anonymized.</summary>
    /// <param name="result">The same picture, anonymized.</param>
    /// <returns>An Rgb24 picture, owned by the caller.</returns>
    public PixelBuffer Draw(PixelBuffer result)
    {
        ArgumentNullException.ThrowIfNull(result);
        using var anonymized = PixelConversion.ToRgb24(result);
        using var grey = Grey(_original);
        using var detected = _original.Clone();
        foreach (var (region, _) in _covered)
        {
            Outline(detected, region.Box);
        }

        var width = Math.Max(1, (int)MathF.Round(_original.Width * _scale));
        var height = Math.Max(1, (int)MathF.Round(_original.Height * _scale));
        var sheet = new PixelBuffer((Columns * width) + ((Columns + 1) * Margin), (Rows * (height + CaptionHeight)) + ((Rows + 1) * Margin), PixelFormat.Rgb24);
        sheet.Span.Fill(Paper);
        var face = _covered.Count > 0 ? _covered.MaxBy(one => one.Region.Box.Area)!.Mask.Bounds : (PixelRect?)null;
        Panel(sheet, 0, "ORIGINAL", _original, _original.Bounds, width, height);
        Panel(sheet, 1, "GREY", grey, grey.Bounds, width, height);
        Panel(sheet, 2, $"DETECTED - {_covered.Count}", detected, detected.Bounds, width, height);
        Panel(sheet, 3, face is null ? "NOTHING FOUND" : "REGION", _original, face, width, height);
        Panel(sheet, 4, face is null ? "NOTHING FOUND" : "COVERED REGION", anonymized, face, width, height);
        Panel(sheet, 5, "RESULT", anonymized, anonymized.Bounds, width, height);
        return sheet;
    }

    /// <inheritdoc/>
    public void Dispose() => _original.Dispose();

    private static PixelBuffer Grey(PixelBuffer rgb)
    {
        var grey = new PixelBuffer(rgb.Width, rgb.Height, PixelFormat.Rgb24);
        for (var y = 0; y < rgb.Height; y++)
        {
            var from = rgb.Row(y);
            var to = grey.Row(y);
            for (var i = 0; i < from.Length; i += 3)
            {
                // Rec. 601 luma, as OpenCV's conversion to grey.
                to.Slice(i, 3).Fill((byte)(((from[i] * 299) + (from[i + 1] * 587) + (from[i + 2] * 114) + 500) / 1000));
            }
        }

        return grey;
    }

    private static void Outline(PixelBuffer target, Box box)
    {
        var thickness = Math.Max(2, target.Width / 300);
        var outer = box.ToPixels();
        var inner = outer.Inflate(-thickness);
        var seen = outer.Intersect(target.Bounds);
        for (var y = seen.Top; y < seen.Bottom; y++)
        {
            var row = target.Row(y);
            for (var x = seen.Left; x < seen.Right; x++)
            {
                if (x < inner.Left || x >= inner.Right || y < inner.Top || y >= inner.Bottom)
                {
                    row[x * 3] = 60;
                    row[(x * 3) + 1] = 220;
                    row[(x * 3) + 2] = 90;
                }
            }
        }
    }

    private static void Panel(PixelBuffer sheet, int index, string caption, PixelBuffer source, PixelRect? part, int width, int height)
    {
        var left = Margin + (index % Columns * (width + Margin));
        var top = Margin + (index / Columns * (height + CaptionHeight + Margin));
        CaptionFont.Draw(sheet, caption, left, top, CaptionScale, Ink);
        if (part is not { } rect)
        {
            return;
        }

        var fit = Math.Min((float)width / rect.Width, (float)height / rect.Height);
        var (w, h) = (Math.Max(1, (int)(rect.Width * fit)), Math.Max(1, (int)(rect.Height * fit)));
        using var view = source.View(rect);
        using var panel = sheet.View(new PixelRect(0, 0, w, h).Offset(left + ((width - w) / 2), top + CaptionHeight + ((height - h) / 2)));
        Resampler.Apply(view.Span, view.Stride, view.Width, view.Height, panel.Span, panel.Stride, w, h, 3, Resampling.Area);
    }
}
