using Veil.Kernels;

namespace Veil.Imaging.Jpeg.Coefficients;

/// <summary>
/// A frame whose pixels are decoded tile by tile, where they are asked for: a large picture with few faces is never
/// decoded as a whole. The coefficients are the source's and outlive the frame.
/// </summary>
internal sealed class CoefficientFrame : Frame
{
    // Pixels per side of a tile, in the stored picture. Preparing a conversion of inks takes as long as many pixels do.
    private const int PlainTile = 64;
    private const int InkTile = 512;

    private readonly JpegCoefficients _jpeg;
    private readonly StoredOrientation _orientation;
    private readonly byte[] _profile;
    private readonly int _tile;
    private readonly int _columns;
    private readonly bool[] _decoded;

    /// <summary>Makes the frame.</summary>
    /// <param name="jpeg">The coefficients.</param>
    /// <param name="orientation">How they are stored.</param>
    /// <param name="profile">Colour profile of inks; may be empty, and is not looked at for other pictures.</param>
    public CoefficientFrame(JpegCoefficients jpeg, StoredOrientation orientation, byte[] profile)
        : base(
            new PixelBuffer(orientation.UprightWidth, orientation.UprightHeight, jpeg.Channels == 1 ? PixelFormat.Gray8 : PixelFormat.Rgb24),
            0,
            TimeSpan.Zero)
    {
        (_jpeg, _orientation, _profile) = (jpeg, orientation, profile);
        _tile = jpeg.Channels == 4 ? InkTile : PlainTile;
        _columns = (jpeg.Width + _tile - 1) / _tile;
        _decoded = new bool[_columns * ((jpeg.Height + _tile - 1) / _tile)];
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
        for (var row = stored.Top / _tile; row * _tile < stored.Bottom; row++)
        {
            // Neighbouring tiles are decoded together.
            var (column, end) = (stored.Left / _tile, (stored.Right + _tile - 1) / _tile);
            while (column < end)
            {
                var start = column;
                while (column < end && !_decoded[(row * _columns) + column])
                {
                    column++;
                }

                if (column > start)
                {
                    var tiles = new PixelRect(start * _tile, row * _tile, column * _tile, (row + 1) * _tile).Intersect(_jpeg.Bounds);
                    DecodeTiles(tiles, target);
                    _decoded.AsSpan((row * _columns) + start, column - start).Fill(true);
                }

                column++;
            }
        }
    }

    private void DecodeTiles(PixelRect tiles, PixelBuffer target)
    {
        if (_orientation.Value == 1 && _jpeg.Channels != 4)
        {
            using var view = target.View(tiles);
            _jpeg.Decode(1, tiles, view.Span, view.Stride);
            return;
        }

        using var stored = DecodeStored(1, tiles);
        _orientation.CopyToUpright(stored.Span, tiles, target);
    }

    private void DecodeReduced(int reduction, StoredOrientation reduced, PixelBuffer rgb)
    {
        var area = new PixelRect(0, 0, reduced.Width, reduced.Height);
        if (_jpeg.Channels == 3 && reduced.Value == 1)
        {
            _jpeg.Decode(reduction, area, rgb.Span, rgb.Stride);
            return;
        }

        using var stored = DecodeStored(reduction, area);
        using var upright = new PixelBuffer(rgb.Width, rgb.Height, stored.Format);
        reduced.CopyToUpright(stored.Span, area, upright);
        PixelConversion.ToRgb24(upright, upright.Bounds, rgb);
    }

    /// <summary>Packed pixels in stored order: Rgb24, or Gray8 of grey pictures.</summary>
    private PixelBuffer DecodeStored(int reduction, PixelRect area)
    {
        var pixels = new PixelBuffer(area.Width, area.Height, _jpeg.Channels == 1 ? PixelFormat.Gray8 : PixelFormat.Rgb24);
        try
        {
            if (_jpeg.Channels != 4)
            {
                _jpeg.Decode(reduction, area, pixels.Span, pixels.Stride);
                return pixels;
            }

            var inks = new byte[area.Width * area.Height * _jpeg.Channels];
            _jpeg.Decode(reduction, area, inks, area.Width * _jpeg.Channels);
            InkConversion.ToRgb(inks, _profile, pixels);
            return pixels;
        }
        catch
        {
            pixels.Dispose();
            throw;
        }
    }
}
