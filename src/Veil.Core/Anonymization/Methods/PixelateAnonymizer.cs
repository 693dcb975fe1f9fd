using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Anonymization.Methods;

/// <summary>What a grid of colours becomes.</summary>
public enum PixelateStyle
{
    /// <summary>Each cell shows its mean colour.</summary>
    Blocks,

    /// <summary>Colours picked at the grid's points, bilinear between them: down and up again.</summary>
    Smooth,
}

/// <summary>Settings of <see cref="PixelateAnonymizer"/>.</summary>
public sealed record PixelateOptions : MethodOptions
{
    /// <summary>Side of a cell. 0.01..1 of the longer side, or 1..4096 px; default 0.25: four cells.</summary>
    [LengthRange(0.01, 1, 1, 4096), Description("side of a cell")]
    public Length Cell { get; init; } = Length.Relative(0.25f);

    /// <summary>Cells across and down alike, whatever the region's proportions. 0..256; default 0: cells are square, see <see cref="Cell"/>.</summary>
    [Range(0, 256), Description("cells across and down alike, instead of a cell size; 0 for square cells")]
    public int Grid { get; init; }

    /// <summary>Blocks or smooth. Default <see cref="PixelateStyle.Blocks"/>.</summary>
    [Description("flat blocks of the mean colour, or smooth between points")]
    public PixelateStyle Style { get; init; }
}

/// <summary>A coarse grid of colours, locked to the region also where it leaves the picture.</summary>
public sealed class PixelateAnonymizer : FilteringAnonymizer
{
    private static readonly MeasuredStrength[] Measured = [new(1 / 16f, 0.761f), new(1 / 8f, 0.228f), new(1 / 4f, 0.075f), new(1 / 2f, 0.033f), new(1, 0.015f)];

    private readonly PixelateOptions _options;

    private PixelateAnonymizer(PixelateOptions options) => _options = options;

    /// <summary>The method's description.</summary>
    public static AnonymizerDescriptor Describe()
    {
        var tight = new RegionPolicy { Shape = RegionShape.Box, Growth = 0, SoftEdge = 0 };
        return AnonymizerDescriptor.Of<PixelateOptions>(
            "pixelate", "a coarse mosaic; weak when the cells are small", Guarantee.Obfuscating,
            options => new PixelateAnonymizer(options),
            options => MeasuredStrength.Assess("Cell size", options.Grid > 0 ? Length.Relative(1f / options.Grid) : options.Cell, Measured),
            new MethodPreset("face-replace/pixelate", "face-replace, pixelate: cells of 10 pixels in the face box", new PixelateOptions { Cell = Length.Pixels(10) }) { Policy = tight },
            new MethodPreset("face-replace/pixelate-16", "face-replace, older version: 16x16 cells in the face box", new PixelateOptions { Grid = 16 }) { Policy = tight },
            new MethodPreset("deepprivacy2/pixelate-8", "DeepPrivacy2, pixelation 8: bilinear to 8x8 and back, corners aligned", new PixelateOptions { Grid = 8, Style = PixelateStyle.Smooth }) { Policy = tight },
            new MethodPreset("deepprivacy2/pixelate-16", "DeepPrivacy2, pixelation 16: bilinear to 16x16 and back, corners aligned", new PixelateOptions { Grid = 16, Style = PixelateStyle.Smooth }) { Policy = tight },
            new MethodPreset("techniques/pixelate", "Techniques for Anonymizing Faces: block means; it states no number, 10x10 blocks are ours", new PixelateOptions { Grid = 10 }) { Policy = tight }) with
        {
            Strengths = ["grid=1", "grid=2", "grid=4", "grid=8", "grid=16"],
        };
    }

    /// <inheritdoc/>
    protected override void Filter(RegionCanvas canvas, PixelBuffer source)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(source);
        var box = canvas.Box;
        var cell = Math.Max(1, _options.Cell.Resolve(canvas.LongSide));
        var (width, height) = _options.Grid > 0
            ? (Math.Max(box.Width / _options.Grid, 1e-3f), Math.Max(box.Height / _options.Grid, 1e-3f))
            : (cell, cell);
        var target = canvas.Target;
        if (_options.Style == PixelateStyle.Blocks)
        {
            Pixelation.Apply(source.Span, source.Stride, target.Span, target.Stride, canvas.Width, canvas.Height, 3, box.Left, box.Top, width, height);
            return;
        }

        var columns = new SmoothAxis(box.Left, box.Width, (int)MathF.Ceiling((box.Width / width) - 1e-3f), canvas.Width);
        var rows = new SmoothAxis(box.Top, box.Height, (int)MathF.Ceiling((box.Height / height) - 1e-3f), canvas.Height);
        Smooth(source, target, columns, rows);
    }

    private static void Smooth(PixelBuffer source, PixelBuffer target, SmoothAxis columns, SmoothAxis rows)
    {
        var points = Sample(source, columns, rows);
        var line = new float[columns.Count * 3];
        for (var y = 0; y < target.Height; y++)
        {
            var (above, down) = rows.At(y);
            var upper = points.AsSpan(above * line.Length, line.Length);
            var lower = points.AsSpan(Math.Min(above + 1, rows.Count - 1) * line.Length, line.Length);
            for (var i = 0; i < line.Length; i++)
            {
                line[i] = upper[i] + (down * (lower[i] - upper[i]));
            }

            var row = target.Row(y);
            for (var x = 0; x < target.Width; x++)
            {
                var (left, along) = columns.At(x);
                var (from, to) = (left * 3, Math.Min(left + 1, columns.Count - 1) * 3);
                for (var c = 0; c < 3; c++)
                {
                    row[(x * 3) + c] = (byte)(line[from + c] + (along * (line[to + c] - line[from + c])) + 0.5f);
                }
            }
        }
    }

    /// <summary>The source at the grid's points, bilinear; beyond its border the outermost pixels count.</summary>
    private static float[] Sample(PixelBuffer source, SmoothAxis columns, SmoothAxis rows)
    {
        var points = new float[columns.Count * rows.Count * 3];
        for (var j = 0; j < rows.Count; j++)
        {
            var y = Math.Clamp(rows.Point(j), 0, source.Height - 1);
            var (top, fy) = ((int)y, y - (int)y);
            var (upper, lower) = (top * source.Stride, Math.Min(top + 1, source.Height - 1) * source.Stride);
            for (var i = 0; i < columns.Count; i++)
            {
                var x = Math.Clamp(columns.Point(i), 0, source.Width - 1);
                var (left, fx) = ((int)x, x - (int)x);
                var right = Math.Min(left + 1, source.Width - 1);
                for (var c = 0; c < 3; c++)
                {
                    var above = float.Lerp(source.Span[upper + (left * 3) + c], source.Span[upper + (right * 3) + c], fx);
                    var below = float.Lerp(source.Span[lower + (left * 3) + c], source.Span[lower + (right * 3) + c], fx);
                    points[(((j * columns.Count) + i) * 3) + c] = float.Lerp(above, below, fy);
                }
            }
        }

        return points;
    }

    /// <summary>
    /// Grid points along one axis with aligned corners: the first and last lie on the centres of the region's outermost
    /// pixels. Only those that the canvas needs are counted.
    /// </summary>
    private readonly struct SmoothAxis
    {
        private readonly float _origin;
        private readonly float _step;
        private readonly int _all;
        private readonly int _first;

        /// <param name="start">Where the region begins, canvas coordinates.</param>
        /// <param name="length">Its extent.</param>
        /// <param name="points">Grid points, at least 1.</param>
        /// <param name="pixels">Pixels of the canvas.</param>
        public SmoothAxis(float start, float length, int points, int pixels)
        {
            _all = Math.Max(1, points);
            _step = _all > 1 ? Math.Max(length - 1, 1e-3f) / (_all - 1) : 1;
            // Indices count from the centre of pixel 0. A single point lies in the middle.
            _origin = _all > 1 ? start : start + ((length - 1) / 2);
            _first = (int)Position(0);
            Count = Math.Min((int)Position(pixels - 1) + 1, _all - 1) - _first + 1;
        }

        /// <summary>Points kept.</summary>
        public int Count { get; }

        /// <summary>Where a kept point lies, in pixels from the centre of the canvas's first pixel.</summary>
        public float Point(int index) => _origin + ((index + _first) * _step);

        /// <summary>The kept point at or before a pixel, and how far the pixel lies on the way to the next.</summary>
        public (int Index, float Fraction) At(int pixel)
        {
            var position = Position(pixel);
            return ((int)position - _first, position - (int)position);
        }

        private float Position(int pixel) => Math.Clamp((pixel - _origin) / _step, 0, _all - 1);
    }
}
