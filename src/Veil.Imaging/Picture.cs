using Veil.Errors;
using Veil.Imaging.Bmp;
using Veil.Imaging.Metadata;
using Veil.Imaging.Native;
using Veil.Pipeline;

namespace Veil.Imaging;

/// <summary>
/// A decoded picture: its frames, upright, and what is needed to write it alike. Decoding reads every pixel: a file that
/// cannot be decoded wholly is an error, never half a picture. Owns its frames until <see cref="TakeFrame"/> hands them
/// on. Not thread-safe.
/// </summary>
public sealed class Picture : IDisposable
{
    private readonly PixelBuffer?[] _frames;
    private readonly CmykPixels[] _cmyk;

    internal Picture(PictureTraits traits, IReadOnlyList<PixelBuffer> frames, IReadOnlyList<CmykPixels> cmyk, IReadOnlyList<string> notes)
    {
        (Traits, _frames, _cmyk, Notes) = (traits, [.. frames], [.. cmyk], notes);
    }

    /// <summary>How it was coded, its size and colour profile.</summary>
    public PictureTraits Traits { get; }

    /// <summary>Remarks for the run report, e.g. that pages were left out; usually empty.</summary>
    public IReadOnlyList<string> Notes { get; private set; }

    /// <summary>What of the original's metadata goes into the result; null for nothing.</summary>
    internal CarriedMetadata? Carried { get; private set; }

    /// <summary>The frames, upright, in the picture's own depth and channels; those taken away are not available.</summary>
    /// <exception cref="InvalidOperationException">A frame was taken.</exception>
    public IReadOnlyList<PixelBuffer> Frames => [.. _frames.Select((_, index) => Frame(index))];

    /// <summary>What it is, as the pipeline says it.</summary>
    public MediaInfo Info => Notes.Count == 0 ? ToInfo(Traits) : ToInfo(Traits) with { Notes = Notes };

    /// <summary>The original inks of CMYK pictures, one per frame; empty for others.</summary>
    internal IReadOnlyList<CmykPixels> Cmyk => _cmyk;

    /// <summary>A picture of one frame that was made, not read.</summary>
    /// <param name="pixels">The frame; the picture takes it over.</param>
    /// <param name="format">The format it is to be written in.</param>
    public static Picture FromPixels(PixelBuffer pixels, PictureFormat format)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        return new Picture(new PictureTraits(format, pixels.Width, pixels.Height, 1, pixels.Format) { BitDepth = 8 * pixels.Format.BytesPerChannel() }, [pixels], [], []);
    }

    /// <summary>Decodes a picture. The format is told from the content; EXIF orientation is applied.</summary>
    /// <param name="file">The whole file; not needed any more afterwards.</param>
    /// <param name="limits">How large it may be; null takes the defaults.</param>
    /// <exception cref="VeilException">
    /// <see cref="VeilErrorCode.NotAPicture"/>, <see cref="VeilErrorCode.UnsupportedFormat"/>, <see cref="VeilErrorCode.LimitExceeded"/>,
    /// <see cref="VeilErrorCode.CorruptInput"/> or <see cref="VeilErrorCode.MissingNative"/>.
    /// </exception>
    public static unsafe Picture Decode(ReadOnlySpan<byte> file, PictureLimits? limits = null)
    {
        var format = Sniff(file, limits ??= PictureLimits.Default);
        if (format == PictureFormat.Bmp)
        {
            return BmpDecoder.Decode(file, limits);
        }

        fixed (byte* data = file)
        {
            return VipsDecoder.Decode(format, new EncodedBytes(data, file.Length), limits);
        }
    }

    /// <summary>Reads a picture's header only: cheap, no pixel is decoded.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="limits">How large it may be; null takes the defaults.</param>
    /// <exception cref="VeilException">As for <see cref="Decode"/>.</exception>
    public static unsafe MediaInfo Identify(ReadOnlySpan<byte> file, PictureLimits? limits = null)
    {
        var format = Sniff(file, limits ??= PictureLimits.Default);
        if (format == PictureFormat.Bmp)
        {
            return ToInfo(BmpDecoder.ReadHeader(file, limits));
        }

        fixed (byte* data = file)
        {
            return ToInfo(VipsDecoder.ReadHeader(format, new EncodedBytes(data, file.Length), limits));
        }
    }

    /// <summary>A frame that is still here.</summary>
    /// <param name="index">0 for the first.</param>
    /// <exception cref="InvalidOperationException">It was taken.</exception>
    public PixelBuffer Frame(int index) =>
        _frames[index] ?? throw new InvalidOperationException($"Expected frame {index} in the picture, but it was taken out.");

    /// <summary>Hands a frame to the caller, who disposes it.</summary>
    /// <param name="index">0 for the first.</param>
    /// <exception cref="InvalidOperationException">It was taken already.</exception>
    public PixelBuffer TakeFrame(int index)
    {
        var frame = Frame(index);
        _frames[index] = null;
        return frame;
    }

    /// <summary>
    /// Encodes the frames into an array. The colour profile and resolution are written; metadata only when the file was
    /// opened with a policy that takes some over.
    /// </summary>
    /// <param name="options">How; null writes the picture as it was.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.EncodeFailed"/>.</exception>
    /// <exception cref="InvalidOperationException">A frame was taken.</exception>
    public byte[] Encode(EncodeOptions? options = null)
    {
        using var encoded = EncodedPicture.Encode(this, Frames, options ?? EncodeOptions.Default);
        return encoded.Bytes.ToArray();
    }

    /// <summary>Encodes the frames and writes the bytes to a stream, without holding a second copy of them.</summary>
    /// <param name="target">Where; not closed.</param>
    /// <param name="options">How; null writes the picture as it was.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.EncodeFailed"/>.</exception>
    /// <exception cref="IOException">The stream fails.</exception>
    /// <exception cref="InvalidOperationException">A frame was taken.</exception>
    public void Encode(Stream target, EncodeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        using var encoded = EncodedPicture.Encode(this, Frames, options ?? EncodeOptions.Default);
        target.Write(encoded.Bytes);
    }

    /// <summary>Takes over what a policy selects from the file that this picture was decoded from.</summary>
    internal void Carry(ReadOnlySpan<byte> file, EncodeOptions options)
    {
        if (options.Metadata.Level != MetadataLevel.None)
        {
            Carried = CarriedMetadata.Read(file, Traits.Format, options.Metadata);
            Notes = [.. Notes, .. Carried.NotesFor(options.TargetOf(Traits))];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var frame in _frames)
        {
            frame?.Dispose();
        }

        foreach (var inks in _cmyk)
        {
            inks.Dispose();
        }
    }

    private static MediaInfo ToInfo(PictureTraits traits) =>
        new(traits.Format.Name(), traits.Format.Extension(), traits.Width, traits.Height, traits.Frames);

    internal static PictureFormat Sniff(ReadOnlySpan<byte> file, PictureLimits limits)
    {
        limits.CheckFile(file.Length);
        return PictureFormats.TrySniff(file, out var format)
            ? format
            : throw new VeilException(
                VeilErrorCode.NotAPicture,
                $"Expected a picture ({string.Join(", ", Enum.GetValues<PictureFormat>().Select(known => known.Name()))}), but the file's first bytes are none of theirs.",
                "convert it to one of these first");
    }
}
