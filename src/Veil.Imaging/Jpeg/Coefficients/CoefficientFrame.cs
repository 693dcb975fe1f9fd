using Veil.Kernels;

namespace Veil.Imaging.Jpeg.Coefficients;

/// <summary>
/// A frame whose pixels are decoded tile by tile, where they are asked for: a large picture with few faces is never
/// decoded as a whole. The coefficients are the source's and outlive the frame.
/// </summary>
internal sealed class CoefficientFrame : Frame
{
    /// <summary>Pixels per side of a tile, in the stored picture.</summary>
    private const int Tile = 64;

    private readonly JpegCoefficients _jpeg;
    private readonly StoredOrientation _orientation;
    private readonly int _columns;
    private readonly bool[] _decoded;

    public CoefficientFrame(JpegCoefficients jpeg, StoredOrientation orientation)
        : base(
            new PixelBuffer(orientation.UprightWidth, orientation.UprightHeight, jpeg.Channels == 1 ? PixelFormat.Gray8 : PixelFormat.Rgb24),
            0,
            TimeSpan.Zero)
    {
        (_jpeg, _orientation) = (jpeg, orientation);
        _columns = (jpeg.Width + Tile - 1) / Tile;
        _decoded = new bool[_columns * ((jpeg.Height + Tile - 1) / Tile)];
    }

    /// <inheritdoc/>
    public override ReducedFrame? Reduce(int reduction)
    {
        // At full size, pixels for detection are those that regions will need.
        if (reduction == 1)
        {
            return null;
        }

        var (width, height) = ((_jpeg.Width + reduction - 1) / reduction, (_jpeg.Height + reduction - 1) / reduction);
        var reduced = new StoredOrientation(_orientation.Value, width, height);
        var rgb = new PixelBuffer(reduced.UprightWidth, reduced.UprightHeight, PixelFormat.Rgb24);
        try
        {
            DecodeReduced(reduction, reduced, rgb);
        }
        catch
        {
            rgb.Dispose();
            throw;
        }

        // A side that is no multiple of the reduction ends in a partial pixel, which flipping brings to the front.
        return new ReducedFrame(
            rgb, reduction,
            _orientation.FlipsX ? Width - (rgb.Width * reduction) : 0,
            _orientation.FlipsY ? Height - (rgb.Height * reduction) : 0);
    }

    /// <inheritdoc/>
    protected override void Decode(PixelRect area, PixelBuffer target)
    {
        var stored = _orientation.ToStored(area);
        for (var row = stored.Top / Tile; row * Tile < stored.Bottom; row++)
        {
            // Neighbouring tiles are decoded together.
            var (column, end) = (stored.Left / Tile, (stored.Right + Tile - 1) / Tile);
            while (column < end)
            {
                var start = column;
                while (column < end && !_decoded[(row * _columns) + column])
                {
                    column++;
                }

                if (column > start)
                {
                    var tiles = new PixelRect(start * Tile, row * Tile, column * Tile, (row + 1) * Tile).Intersect(_jpeg.Bounds);
                    DecodeTiles(tiles, target);
                    _decoded.AsSpan((row * _columns) + start, column - start).Fill(true);
                }

                column++;
            }
        }
    }

    private void DecodeTiles(PixelRect tiles, PixelBuffer target)
    {
        if (_orientation.Value == 1)
        {
            using var view = target.View(tiles);
            _jpeg.Decode(1, tiles, view.Span, view.Stride);
            return;
        }

        using var stored = new PixelBuffer(tiles.Width, tiles.Height, target.Format);
        _jpeg.Decode(1, tiles, stored.Span, stored.Stride);
        _orientation.CopyToUpright(stored.Span, tiles, target);
    }

    private void DecodeReduced(int reduction, StoredOrientation reduced, PixelBuffer rgb)
    {
        var grey = _jpeg.Channels == 1;
        var area = new PixelRect(0, 0, reduced.Width, reduced.Height);
        if (!grey && reduced.Value == 1)
        {
            _jpeg.Decode(reduction, area, rgb.Span, rgb.Stride);
            return;
        }

        using var stored = new PixelBuffer(reduced.Width, reduced.Height, grey ? PixelFormat.Gray8 : PixelFormat.Rgb24);
        _jpeg.Decode(reduction, area, stored.Span, stored.Stride);
        using var upright = new PixelBuffer(rgb.Width, rgb.Height, stored.Format);
        reduced.CopyToUpright(stored.Span, area, upright);
        PixelConversion.ToRgb24(upright, upright.Bounds, rgb);
    }
}
