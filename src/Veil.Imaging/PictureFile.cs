using System.Buffers;
using Veil.Errors;
using Veil.Imaging.Metadata;
using Veil.Kernels;
using Veil.Pipeline;
using Veil.Regions;

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

    /// <summary>Decodes a picture from a stream and takes over the metadata that the options let through.</summary>
    /// <param name="stream">The stream; not closed.</param>
    /// <param name="limits">How large it may be.</param>
    /// <param name="options">How the picture is to be written.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnreadableInput"/>, or as for <see cref="Picture.Decode"/>.</exception>
    public static Picture Open(Stream stream, PictureLimits limits, EncodeOptions options) => Read(stream, limits, (bytes, checkedLimits) =>
    {
        var picture = Picture.Decode(bytes, checkedLimits);
        picture.Carry(bytes, options);
        return picture;
    });

    /// <summary>Decodes a picture file and takes over the metadata that the options let through.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">How large it may be.</param>
    /// <param name="options">How the picture is to be written.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnreadableInput"/>, or as for <see cref="Picture.Decode"/>.</exception>
    public static Picture Open(string path, PictureLimits limits, EncodeOptions options)
    {
        using var file = OpenRead(path);
        return Open(file, limits, options);
    }

    /// <summary>A picture's first frame as upright <see cref="PixelFormat.Rgb24"/> pixels, owned by the caller.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnreadableInput"/>, or as for <see cref="Picture.Decode"/>.</exception>
    public static PixelBuffer ReadRgb24(string path)
    {
        using var picture = Open(path);
        var pixels = picture.TakeFrame(0);
        if (pixels.Format == PixelFormat.Rgb24)
        {
            return pixels;
        }

        using (pixels)
        {
            return PixelConversion.ToRgb24(pixels);
        }
    }

    /// <summary>Finds everything in a file, beside its pixels, that can identify somebody; no pixel is decoded.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">How large it may be; only its size in bytes counts here.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnreadableInput"/>, <see cref="VeilErrorCode.NotAPicture"/>, <see cref="VeilErrorCode.LimitExceeded"/>.</exception>
    public static Inspected Inspect(string path, PictureLimits limits)
    {
        using var file = OpenRead(path);
        return Read(file, limits, (bytes, checkedLimits) => new Inspected(Picture.Sniff(bytes, checkedLimits), bytes.Length, MetadataInspector.Inspect(bytes)));
    }

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

        // Before it is opened: a pipe would wait for a writer, and devices do things when they are opened.
        if (FileKinds.Of(path) is var kind and (FileKind.Pipe or FileKind.Socket or FileKind.Device))
        {
            throw new VeilException(VeilErrorCode.NotAPicture, $"Expected a file, but it is a {RegionJson.NameOf(kind)}; only files are opened.", "use - for standard input");
        }

        try
        {
            return new FileStream(path, new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.Read, BufferSize = 0, Options = FileOptions.SequentialScan });
        }
        catch (FileNotFoundException exception) when (new FileInfo(path).LinkTarget is { } target)
        {
            throw new VeilException(VeilErrorCode.UnreadableInput, $"It is a link to '{target}', which is not there.", "mend or remove the link", exception);
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
