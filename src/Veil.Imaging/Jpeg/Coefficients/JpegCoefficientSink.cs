using Veil.Errors;
using Veil.Pipeline;

namespace Veil.Imaging.Jpeg.Coefficients;

/// <summary>
/// Puts the covered pixels of a frame into the source's coefficients and writes them. Blocks that no mask touches stay as
/// they were, to the bit. Nothing exists at the target, nor beside it, before <see cref="Complete"/>. Not thread-safe.
/// </summary>
internal sealed class JpegCoefficientSink : IFrameSink
{
    private readonly JpegCoefficientSource _source;
    private readonly Action<NativeBytes> _deliver;
    private Frame? _frame;
    private bool _completed;

    private JpegCoefficientSink(JpegCoefficientSource source, Action<NativeBytes> deliver) => (_source, _deliver) = (source, deliver);

    /// <summary>A sink that writes a file: first under a temporary name in the same folder, then renamed.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.OutputExists"/>.</exception>
    public static JpegCoefficientSink ToFile(string path, JpegCoefficientSource source, OverwritePolicy overwrite = OverwritePolicy.Refuse, OutputDurability durability = OutputDurability.Cached)
    {
        var target = new OutputFile(path, overwrite, source.Modified, durability);
        return new JpegCoefficientSink(source, bytes => target.Write(bytes.Span));
    }

    /// <summary>A sink that writes to a stream, all at once when complete.</summary>
    public static JpegCoefficientSink ToStream(Stream stream, JpegCoefficientSource source) =>
        new(source, bytes => PictureSink.Deliver(stream, bytes.Span));

    /// <inheritdoc/>
    public void Write(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (_completed || _frame is not null)
        {
            throw new InvalidOperationException("Expected an open sink without a frame.");
        }

        _frame = frame;
    }

    /// <inheritdoc/>
    public void Complete(CancellationToken cancellationToken)
    {
        var frame = _frame ?? throw new InvalidOperationException("Expected a frame before completing.");
        if (_completed)
        {
            throw new InvalidOperationException("Expected a sink that is not complete yet.");
        }

        var (jpeg, orientation) = (_source.Jpeg, _source.Orientation);
        foreach (var area in CoveredArea.Group(frame.Covered, orientation, jpeg.Unit))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Replace(frame, area);
        }

        using var written = jpeg.Write(KeptSegments.Of(_source.Carried, _source.Profile));
        cancellationToken.ThrowIfCancellationRequested();
        _deliver(written);
        _completed = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _frame?.Dispose();
        _frame = null;
    }

    private void Replace(Frame frame, CoveredArea area)
    {
        var (jpeg, orientation) = (_source.Jpeg, _source.Orientation);
        using var pixels = new PixelBuffer(area.Bounds.Width, area.Bounds.Height, jpeg.Channels == 1 ? PixelFormat.Gray8 : PixelFormat.Rgb24);
        orientation.CopyToStored(frame.PixelsIn(orientation.ToUpright(area.Bounds)), area.Bounds, pixels.Span);
        jpeg.Replace(area.Bounds, jpeg.Channels == 4 ? InkConversion.FromRgb(pixels, _source.Profile) : pixels.Span, area.Coverage(orientation));
    }
}
