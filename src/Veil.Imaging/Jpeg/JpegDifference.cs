using Veil.Imaging.Jpeg.Coefficients;

namespace Veil.Imaging.Jpeg;

/// <summary>Compares two JPEGs by their quantised coefficients: what is equal there is equal in every decoder. Thread-safe.</summary>
public static class JpegDifference
{
    /// <summary>The units (blocks of all components that lie over each other) in which two files differ.</summary>
    /// <param name="original">A file.</param>
    /// <param name="output">Another.</param>
    /// <param name="limits">How large they may be.</param>
    /// <returns>
    /// In upright pixels, row by row. Null where it cannot be told: one of them is no JPEG, differs from the other in size, layout, orientation or
    /// quantisation, or the native library is missing.
    /// </returns>
    /// <exception cref="Errors.VeilException">A file cannot be read.</exception>
    public static IReadOnlyList<PixelRect>? ChangedUnits(string original, string output, PictureLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        if (PictureFile.Sniff(original) != PictureFormat.Jpeg || PictureFile.Sniff(output) != PictureFormat.Jpeg)
        {
            return null;
        }

        var (before, turned) = Open(original, limits);
        using (before)
        {
            var (after, sameTurn) = Open(output, limits);
            using (after)
            {
                return before is null || after is null || turned != sameTurn || !SameLayout(before, after) ? null : Compare(before, after, new StoredOrientation(turned, before.Width, before.Height));
            }
        }
    }

    private static (JpegCoefficients? Jpeg, int Orientation) Open(string path, PictureLimits limits) =>
        PictureFile.Read(path, limits, (file, checkedLimits) => (JpegCoefficients.TryOpen(file, checkedLimits, out _), ExifOrientation.Read(file)));

    private static bool SameLayout(JpegCoefficients a, JpegCoefficients b)
    {
        if (a.Width != b.Width || a.Height != b.Height || a.Components != b.Components || a.Colour != b.Colour)
        {
            return false;
        }

        for (var i = 0; i < a.Components; i++)
        {
            var (one, other) = (a.Component(i), b.Component(i));
            ReadOnlySpan<ushort> steps = one.Steps;
            if (one.Horizontal != other.Horizontal || one.Vertical != other.Vertical || one.BlockColumns != other.BlockColumns || one.BlockRows != other.BlockRows || !steps.SequenceEqual(other.Steps))
            {
                return false;
            }
        }

        return true;
    }

    private static List<PixelRect> Compare(JpegCoefficients a, JpegCoefficients b, StoredOrientation orientation)
    {
        var unit = a.Unit;
        var columns = (a.Width + unit.Width - 1) / unit.Width;
        var changed = new bool[columns * ((a.Height + unit.Height - 1) / unit.Height)];
        for (var i = 0; i < a.Components; i++)
        {
            var component = a.Component(i);

            // Blocks of a component in one unit, across and down.
            var (across, down) = (unit.Width / 8, unit.Height / 8);
            var largest = (Horizontal: unit.Width / 8, Vertical: unit.Height / 8);
            for (var row = 0; row < component.BlockRows; row++)
            {
                var (one, other) = (a.ReadBlockRow(i, row), b.ReadBlockRow(i, row));
                if (one.AsSpan().SequenceEqual(other))
                {
                    continue;
                }

                for (var column = 0; column < component.BlockColumns; column++)
                {
                    if (!one.AsSpan(64 * column, 64).SequenceEqual(other.AsSpan(64 * column, 64)))
                    {
                        // A component with half the samples has blocks of twice the pixels.
                        var (x, y) = (column * largest.Horizontal / component.Horizontal / across, row * largest.Vertical / component.Vertical / down);
                        changed[Math.Min(y * columns + x, changed.Length - 1)] = true;
                    }
                }
            }
        }

        var units = new List<PixelRect>();
        var bounds = new PixelRect(0, 0, a.Width, a.Height);
        for (var i = 0; i < changed.Length; i++)
        {
            if (changed[i])
            {
                units.Add(orientation.ToUpright(new PixelRect(i % columns * unit.Width, i / columns * unit.Height, ((i % columns) + 1) * unit.Width, ((i / columns) + 1) * unit.Height).Intersect(bounds)));
            }
        }

        return units;
    }
}
