namespace Veil.Imaging.Jpeg;

/// <summary>
/// Between a picture as it is stored and as it is looked at, by EXIF's orientation 1..8 (EXIF 2.32, section 4.6.4): where
/// the stored first row and first column belong.
/// </summary>
/// <param name="Value">EXIF's number.</param>
/// <param name="Width">Columns of the stored picture.</param>
/// <param name="Height">Rows of the stored picture.</param>
internal readonly record struct StoredOrientation(int Value, int Width, int Height)
{
    /// <summary>True when stored columns are upright rows.</summary>
    public bool Swaps => Value >= 5;

    /// <summary>True when the upright picture's left edge is where stored columns (or rows, when it swaps) end.</summary>
    public bool FlipsX => Value is 2 or 3 or 6 or 7;

    /// <summary>True when the upright picture's top edge is where stored rows (or columns, when it swaps) end.</summary>
    public bool FlipsY => Value is 3 or 4 or 7 or 8;

    /// <summary>Columns of the upright picture.</summary>
    public int UprightWidth => Swaps ? Height : Width;

    /// <summary>Rows of the upright picture.</summary>
    public int UprightHeight => Swaps ? Width : Height;

    /// <summary>Where stored pixels lie in the upright picture.</summary>
    public PixelRect ToUpright(PixelRect stored)
    {
        var turned = Swaps ? new PixelRect(stored.Top, stored.Left, stored.Bottom, stored.Right) : stored;
        return Flip(turned);
    }

    /// <summary>Where upright pixels are stored.</summary>
    public PixelRect ToStored(PixelRect upright)
    {
        var flipped = Flip(upright);
        return Swaps ? new PixelRect(flipped.Top, flipped.Left, flipped.Bottom, flipped.Right) : flipped;
    }

    /// <summary>Copies stored pixels to their places in an upright picture.</summary>
    /// <param name="stored">Rows of stored pixels, packed.</param>
    /// <param name="area">Which they are.</param>
    /// <param name="upright">The upright picture.</param>
    public void CopyToUpright(ReadOnlySpan<byte> stored, PixelRect area, PixelBuffer upright)
    {
        var bytes = upright.Format.BytesPerPixel();
        var target = ToUpright(area);
        using var view = upright.View(target);
        for (var y = 0; y < view.Height; y++)
        {
            var (start, step) = Walk(area, target, y, bytes);
            Gather(stored, start, step, view.Row(y), bytes);
        }
    }

    /// <summary>Copies upright pixels to packed rows in stored order.</summary>
    /// <param name="upright">The upright picture.</param>
    /// <param name="area">Which stored pixels.</param>
    /// <param name="stored">Packed rows of that size.</param>
    public void CopyToStored(PixelBuffer upright, PixelRect area, Span<byte> stored)
    {
        var bytes = upright.Format.BytesPerPixel();
        var source = ToUpright(area);
        using var view = upright.View(source);
        for (var y = 0; y < view.Height; y++)
        {
            var (start, step) = Walk(area, source, y, bytes);
            Scatter(view.Row(y), stored, start, step, bytes);
        }
    }

    // Where an upright row starts among packed stored rows, and how far its pixels lie from one another there.
    private (int Start, int Step) Walk(PixelRect stored, PixelRect upright, int y, int bytes)
    {
        var row = stored.Width * bytes;
        var across = FlipsX ? upright.Width - 1 : 0;
        var down = FlipsY ? upright.Height - 1 - y : y;
        var sign = FlipsX ? -1 : 1;
        return Swaps
            ? ((across * row) + (down * bytes), sign * row)
            : ((down * row) + (across * bytes), sign * bytes);
    }

    private static void Gather(ReadOnlySpan<byte> from, int at, int step, Span<byte> row, int bytes)
    {
        if (step == bytes)
        {
            from.Slice(at, row.Length).CopyTo(row);
            return;
        }

        for (var x = 0; x < row.Length; x += bytes, at += step)
        {
            for (var c = 0; c < bytes; c++)
            {
                row[x + c] = from[at + c];
            }
        }
    }

    private static void Scatter(ReadOnlySpan<byte> row, Span<byte> to, int at, int step, int bytes)
    {
        if (step == bytes)
        {
            row.CopyTo(to[at..]);
            return;
        }

        for (var x = 0; x < row.Length; x += bytes, at += step)
        {
            for (var c = 0; c < bytes; c++)
            {
                to[at + c] = row[x + c];
            }
        }
    }

    private PixelRect Flip(PixelRect rect)
    {
        var (left, right) = FlipsX ? (UprightWidth - rect.Right, UprightWidth - rect.Left) : (rect.Left, rect.Right);
        var (top, bottom) = FlipsY ? (UprightHeight - rect.Bottom, UprightHeight - rect.Top) : (rect.Top, rect.Bottom);
        return new PixelRect(left, top, right, bottom);
    }
}
