using Veil.Pipeline;

namespace Veil.Imaging.Jpeg.Coefficients;

/// <summary>A JPEG that is read as coefficients, and of which only covered blocks will be coded anew. Not thread-safe.</summary>
internal sealed class JpegCoefficientSource : IFrameSource
{
    private bool _read;

    private JpegCoefficientSource(JpegCoefficients jpeg, StoredOrientation orientation)
    {
        (Jpeg, Orientation, Profile) = (jpeg, orientation, jpeg.ReadProfile());
        Info = new MediaInfo(PictureFormat.Jpeg.Name(), PictureFormat.Jpeg.Extension(), orientation.UprightWidth, orientation.UprightHeight, 1);
    }

    public JpegCoefficients Jpeg { get; }

    public StoredOrientation Orientation { get; }

    /// <summary>The colour profile; empty when there is none.</summary>
    public byte[] Profile { get; }

    /// <inheritdoc/>
    public MediaInfo Info { get; }

    /// <summary>Reads a file; null, with the reason, when it has to be decoded and encoded as a whole.</summary>
    /// <exception cref="Errors.VeilException">It exceeds a limit.</exception>
    public static JpegCoefficientSource? TryOpen(ReadOnlySpan<byte> file, PictureLimits limits, out string reason)
    {
        var jpeg = JpegCoefficients.TryOpen(file, limits, out reason);
        if (jpeg is null)
        {
            return null;
        }

        try
        {
            limits.Check(jpeg.Width, jpeg.Height, 1);
            return new JpegCoefficientSource(jpeg, new StoredOrientation(ExifOrientation.Read(file), jpeg.Width, jpeg.Height));
        }
        catch
        {
            jpeg.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Frame? Read(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_read)
        {
            return null;
        }

        _read = true;
        return new CoefficientFrame(Jpeg, Orientation, Profile);
    }

    /// <inheritdoc/>
    public void Dispose() => Jpeg.Dispose();
}
