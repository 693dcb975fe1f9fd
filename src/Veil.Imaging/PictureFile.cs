using System.Buffers;
using Veil.Errors;
using Veil.Pipeline;

namespace Veil.Imaging;

/// <summary>Reads pictures from files and streams. Thread-safe.</summary>
public static class PictureFile
{
    private const int FirstRead = 1 << 16;

    /// <summary>Decodes a picture file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">How large it may be; null takes the defaults.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnreadableInput"/>, or as for <see cref="Picture.Decode"/>.</exception>
    public static Picture Open(string path, PictureLimits? limits = null)
    {
        using var file = OpenRead(path);
        return Open(file, limits);
    }

    /// <summary>Decodes a picture from a stream, reading it to its end.</summary>
    /// <param name="stream">The stream; not closed.</param>
    /// <param name="limits">How large it may be; null takes the defaults.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnreadableInput"/>, or as for <see cref="Picture.Decode"/>.</exception>
    public static Picture Open(Stream stream, PictureLimits? limits = null) =>
        Read(stream, limits ?? PictureLimits.Default, (bytes, checkedLimits) => Picture.Decode(bytes, checkedLimits));

    /// <summary>Reads a picture file's header; no pixel is decoded.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">How large it may be; null takes the defaults.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnreadableInput"/>, or as for <see cref="Picture.Decode"/>.</exception>
    public static MediaInfo Identify(string path, PictureLimits? limits = null)
    {
        using var file = OpenRead(path);
        return Read(file, limits ?? PictureLimits.Default, (bytes, checkedLimits) => Picture.Identify(bytes, checkedLimits));
    }

    /// <summary>The format of a file by its first bytes; null when it is none that Veil reads as a picture.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnreadableInput"/>.</exception>
    public static PictureFormat? Sniff(string path)
    {
        using var file = OpenRead(path);
        Span<byte> start = stackalloc byte[PictureFormats.SignatureLength];
        var length = Fill(file, start);
        return PictureFormats.TrySniff(start[..length], out var format) ? format : null;
    }

    internal static T Read<T>(string path, PictureLimits limits, Func<ReadOnlySpan<byte>, PictureLimits, T> use)
    {
        using var file = OpenRead(path);
        return Read(file, limits, use);
    }

    private static FileStream OpenRead(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return new FileStream(path, new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.Read, BufferSize = 0, Options = FileOptions.SequentialScan });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(exception);
        }
    }

    // Pooled: files of a few megabytes would otherwise pile up in the large-object heap between collections.
    internal static T Read<T>(Stream stream, PictureLimits limits, Func<ReadOnlySpan<byte>, PictureLimits, T> use)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var known = stream.CanSeek ? stream.Length - stream.Position : 0;
        var buffer = ArrayPool<byte>.Shared.Rent(FirstRead);
        try
        {
            var length = Fill(stream, buffer.AsSpan(0, FirstRead));

            // What is no picture is not read any further, however large it is.
            Picture.Sniff(buffer.AsSpan(0, length), limits);
            limits.CheckFile(known);
            if (length == FirstRead)
            {
                buffer = Grow(buffer, length, checked((int)Math.Min(Math.Max(known + 1, 4 * FirstRead), Array.MaxLength)));
                while ((length += Fill(stream, buffer.AsSpan(length))) == buffer.Length)
                {
                    limits.CheckFile(length);
                    buffer = Grow(buffer, length, checked((int)Math.Min(2L * buffer.Length, Array.MaxLength)));
                }
            }

            return use(buffer.AsSpan(0, length), limits);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer, int length, int size)
    {
        if (size <= length)
        {
            throw new VeilException(VeilErrorCode.LimitExceeded, $"Expected at most {Array.MaxLength} bytes in the file, but received more.");
        }

        var larger = ArrayPool<byte>.Shared.Rent(size);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static int Fill(Stream stream, Span<byte> target)
    {
        try
        {
            return stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(exception);
        }
    }

    private static VeilException Unreadable(Exception cause) =>
        new(VeilErrorCode.UnreadableInput, "The file cannot be read: " + cause.Message, "check that it exists and that you may read it", cause);
}
