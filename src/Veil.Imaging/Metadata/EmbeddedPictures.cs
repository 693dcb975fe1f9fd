using Veil.Errors;

namespace Veil.Imaging.Metadata;

/// <summary>JPEGs inside other files: thumbnails, previews, what hangs behind the end. Found by their first bytes, wherever they lie. Thread-safe.</summary>
public static class EmbeddedPictures
{
    private const int MostTried = 64;

    /// <summary>Decodes those that can be.</summary>
    /// <param name="path">A picture file.</param>
    /// <param name="limits">How large they may be.</param>
    /// <returns>Their pixels; owned by the caller.</returns>
    /// <exception cref="VeilException">The file cannot be read, or is no picture.</exception>
    public static IReadOnlyList<PixelBuffer> Decode(string path, PictureLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return PictureFile.Read(path, limits, Find);
    }

    private static List<PixelBuffer> Find(ReadOnlySpan<byte> file, PictureLimits limits)
    {
        // In coded data of a JPEG no such bytes occur: 0xFF is followed by a zero or a restart marker there.
        ReadOnlySpan<byte> start = [0xFF, 0xD8, 0xFF];
        var (found, at, tried) = (new List<PixelBuffer>(), 1, 0);
        while (tried < MostTried && at < file.Length && file[at..].IndexOf(start) is >= 0 and var next)
        {
            at += next;
            tried++;
            if (TryDecode(file[at..], limits) is { } pixels)
            {
                found.Add(pixels);
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
