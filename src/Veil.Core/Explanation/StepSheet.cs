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
        var marks = new Marks(detected);
        foreach (var (region, _) in _covered)
        {
            marks.Draw(region);
        }

        var width = Math.Max(1, (int)MathF.Round(_original.Width * _scale));
        var height = Math.Max(1, (int)MathF.Round(_original.Height * _scale));
        var face = Closest();
        var whole = _covered.Any(one => one.Region.Kind == RegionKind.Image);
        (string Caption, PixelBuffer Source, PixelRect? Part)[] panels =
        [
            ("ORIGINAL", _original, _original.Bounds),
            ("GREY", grey, grey.Bounds),
            (whole ? "WHOLE PICTURE" : $"DETECTED - {_covered.Count}", detected, detected.Bounds),
            (face is null ? "NOTHING FOUND" : "REGION", _original, face),
            (face is null ? "NOTHING FOUND" : "COVERED REGION", anonymized, face),
            ("RESULT", anonymized, anonymized.Bounds),
        ];

        // Captions of small pictures are wider than these.
        var cell = Math.Max(width, panels.Max(panel => CaptionFont.Measure(panel.Caption, CaptionScale)));
        var sheet = new PixelBuffer((Columns * cell) + ((Columns + 1) * Margin), (Rows * (height + CaptionHeight)) + ((Rows + 1) * Margin), PixelFormat.Rgb24);
        sheet.Span.Fill(Paper);
        for (var i = 0; i < panels.Length; i++)
        {
            Panel(sheet, Margin + (i % Columns * (cell + Margin)), Margin + (i / Columns * (height + CaptionHeight + Margin)), panels[i].Caption, panels[i].Source, panels[i].Part, width, height);
        }

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

    private PixelRect? Closest()
    {
        if (_covered.Count == 0)
        {
            return null;
        }

        // With its box, since what is covered of a face may be the eyes alone.
        var (region, mask) = _covered.MaxBy(one => one.Region.Box.Area)!;
        var bounds = Box.Of(mask.Bounds);
        return bounds.Union(region.Box).ToPixels().Intersect(_original.Bounds);
    }

    private static void Panel(PixelBuffer sheet, int left, int top, string caption, PixelBuffer source, PixelRect? part, int width, int height)
    {
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
