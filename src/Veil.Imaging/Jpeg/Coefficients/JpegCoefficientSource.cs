using Veil.Imaging.Metadata;
using Veil.Pipeline;

namespace Veil.Imaging.Jpeg.Coefficients;

/// <summary>A JPEG that is read as coefficients, and of which only covered blocks will be coded anew. Not thread-safe.</summary>
internal sealed class JpegCoefficientSource : IFrameSource
{
    private bool _read;

    private JpegCoefficientSource(JpegCoefficients jpeg, StoredOrientation orientation, CarriedMetadata carried)
    {
        (Jpeg, Orientation, Profile, Carried) = (jpeg, orientation, jpeg.ReadProfile(), carried);
        Info = new MediaInfo(PictureFormat.Jpeg.Name(), PictureFormat.Jpeg.Extension(), orientation.UprightWidth, orientation.UprightHeight, 1)
        {
            Notes = carried.NotesFor(PictureFormat.Jpeg),
        };
    }

    public JpegCoefficients Jpeg { get; }

    public StoredOrientation Orientation { get; }

    /// <summary>The colour profile; empty when there is none.</summary>
    public byte[] Profile { get; }

    /// <summary>The metadata that the output carries, how it is turned included.</summary>
    public CarriedMetadata Carried { get; }

    /// <summary>The modification time that the output is to bear, UTC; null for the present.</summary>
    public DateTime? Modified { get; init; }

    /// <inheritdoc/>
    public MediaInfo Info { get; }

    /// <summary>Reads a file; null, with the reason, when it has to be decoded and encoded as a whole.</summary>
    /// <exception cref="Errors.VeilException">It exceeds a limit.</exception>
    public static JpegCoefficientSource? TryOpen(ReadOnlySpan<byte> file, PictureLimits limits, MetadataPolicy metadata, DateTime? modified, out string reason)
    {
        var jpeg = JpegCoefficients.TryOpen(file, limits, out reason);
        if (jpeg is null)
        {
            return null;
        }

        try
        {
            limits.Check(jpeg.Width, jpeg.Height, 1);
            var orientation = new StoredOrientation(ExifOrientation.Read(file), jpeg.Width, jpeg.Height);
            return new JpegCoefficientSource(jpeg, orientation, CarriedMetadata.Read(file, PictureFormat.Jpeg, metadata, orientation.Value)) { Modified = modified };
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
