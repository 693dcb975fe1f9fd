using Veil.Errors;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Imaging;

/// <summary>
/// Collects the frames of a picture and writes it as it was coded. Nothing exists at the target, nor beside it, before
/// <see cref="Complete"/>. Not thread-safe.
/// </summary>
public sealed class PictureSink : IFrameSink
{
    private readonly Picture _source;
    private readonly EncodeOptions _options;
    private readonly Action<EncodedPicture> _deliver;
    private readonly List<Frame> _frames = [];
    private bool _completed;

    private PictureSink(Picture source, EncodeOptions? options, Action<EncodedPicture> deliver)
    {
        ArgumentNullException.ThrowIfNull(source);
        (_source, _options, _deliver) = (source, options ?? EncodeOptions.Default, deliver);
    }

    /// <summary>A sink that writes a file: first under a temporary name in the same folder, then renamed.</summary>
    /// <param name="path">Target; its folder is made when missing.</param>
    /// <param name="source">The picture that the frames come from; not disposed.</param>
    /// <param name="options">How to encode; null writes as the source was. Masks are taken from the frames.</param>
    /// <param name="overwrite">What to do when the target exists.</param>
    /// <param name="modified">The file's modification time, UTC; null for the present.</param>
    /// <param name="durability">What the file's appearance says about power loss.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.OutputExists"/>.</exception>
    public static PictureSink ToFile(
        string path, Picture source, EncodeOptions? options = null, OverwritePolicy overwrite = OverwritePolicy.Refuse, DateTime? modified = null,
        OutputDurability durability = OutputDurability.Cached)
    {
        var target = new OutputFile(path, overwrite, modified, durability);
        return new PictureSink(source, options, encoded => target.Write(encoded.Bytes));
    }

    /// <summary>A sink that writes to a stream, all at once when complete.</summary>
    /// <param name="stream">Target; not closed.</param>
    /// <param name="source">The picture that the frames come from; not disposed.</param>
    /// <param name="options">How to encode; null writes as the source was. Masks are taken from the frames.</param>
    public static PictureSink ToStream(Stream stream, Picture source, EncodeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new PictureSink(source, options, encoded => Deliver(stream, encoded.Bytes));
    }

    internal static void Deliver(Stream stream, ReadOnlySpan<byte> bytes)
    {
        try
        {
            stream.Write(bytes);
            stream.Flush();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, "The result cannot be written: " + exception.Message, innerException: exception);
        }
    }

    /// <inheritdoc/>
    public void Write(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (_completed || frame.Index != _frames.Count)
        {
            throw new InvalidOperationException($"Expected frame {_frames.Count} of an open sink, but received frame {frame.Index}.");
        }

        _frames.Add(frame);
    }

    /// <inheritdoc/>
    public void Complete(CancellationToken cancellationToken)
    {
        if (_completed)
        {
            throw new InvalidOperationException("Expected a sink that is not complete yet.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<IReadOnlyList<RegionMask>> covered = [.. _frames.Select(frame => frame.Covered)];
        using var encoded = EncodedPicture.Encode(_source, [.. _frames.Select(frame => frame.Pixels)], _options with { Covered = covered });

        // Encoding can take seconds: whoever cancelled meanwhile wants no file.
        cancellationToken.ThrowIfCancellationRequested();
        _deliver(encoded);
        _completed = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _frames.ForEach(frame => frame.Dispose());
        _frames.Clear();
    }
}
