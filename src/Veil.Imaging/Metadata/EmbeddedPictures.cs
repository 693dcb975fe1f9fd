using Veil.Errors;

namespace Veil.Imaging.Metadata;

/// <summary>JPEGs inside other files: thumbnails, previews, what hangs behind the end. Found by their first bytes, wherever they lie. Thread-safe.</summary>
public static class EmbeddedPictures
{
    private const int MostTried = 64;

    /// <summary>Decodes those that can be, one after the other, so that no two are in memory.</summary>
    /// <param name="path">A picture file.</param>
    /// <param name="limits">How large they may be.</param>
    /// <param name="use">Called for each; the pixels are freed after it.</param>
    /// <returns>How many there are.</returns>
    /// <exception cref="VeilException">The file cannot be read, or is no picture.</exception>
    public static int Decode(string path, PictureLimits limits, Action<PixelBuffer> use)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(use);
        return PictureFile.Read(path, limits, (file, checkedLimits) => Find(file, checkedLimits, use));
    }

    private static int Find(ReadOnlySpan<byte> file, PictureLimits limits, Action<PixelBuffer> use)
    {
        // In coded data of a JPEG no such bytes occur: 0xFF is followed by a zero or a restart marker there.
        ReadOnlySpan<byte> start = [0xFF, 0xD8, 0xFF];
        var (found, at, tried) = (0, 1, 0);
        while (tried < MostTried && at < file.Length && file[at..].IndexOf(start) is >= 0 and var next)
        {
            at += next;
            tried++;
            using (var pixels = TryDecode(file[at..], limits))
            {
                if (pixels is not null)
                {
                    found++;
                    use(pixels);
                }
            }

            at += start.Length;
        }

        return found;
    }

    private static PixelBuffer? TryDecode(ReadOnlySpan<byte> bytes, PictureLimits limits)
    {
        try
        {
            using var picture = Picture.Decode(bytes, limits);
            return picture.TakeFrame(0);
        }
        catch (VeilException)
        {
            // Three bytes by chance, or what nobody can look at.
            return null;
        }
    }
}
