using System.Globalization;
using Veil.Errors;
using Veil.Video.Ffmpeg;
using Veil.Video.Nut;
using Veil.Video.Planar;

namespace Veil.Video.Files;

/// <summary>A still that belongs to a film: the cover that players and shops show.</summary>
internal sealed class CoverPicture : PlanarFrame
{
    /// <summary>Covers are small; what claims more is not decoded.</summary>
    private const long MostPixels = 1 << 26;

    private readonly string _pixelFormat;

    private CoverPicture(FramePool pool, byte[] samples, string pixelFormat, string codec)
        : base(pool, samples, 0, 0, TimeSpan.Zero) => (_pixelFormat, Codec) = (pixelFormat, codec);

    /// <inheritdoc/>
    public override bool IsMoving => false;

    /// <summary>How it is encoded again, by ffmpeg's name: <c>png</c> where it was, else <c>mjpeg</c>.</summary>
    public string Codec { get; }

    /// <summary>True for a stream that is one picture, attached to the film.</summary>
    public static bool Is(ProbedStream stream) => stream.Kind == StreamKind.Cover && stream.Dispositions.Contains("attached_pic");

    /// <summary>Decodes a cover.</summary>
    /// <param name="probe">The film.</param>
    /// <param name="stream">The cover's stream.</param>
    /// <param name="cancellationToken">Stops between the steps.</param>
    /// <returns>Null when it is too large, damaged or of no known kind: nothing depends on it, so it is left out then.</returns>
    public static CoverPicture? Read(VideoProbe probe, ProbedStream stream, CancellationToken cancellationToken)
    {
        if (stream.Width < 1 || stream.Height < 1 || (long)stream.Width * stream.Height > MostPixels || PlanarLayout.For(stream.PixelFormat) is not { } layout)
        {
            return null;
        }

        // The full-range names of old are kept, for ffmpeg would convert the range otherwise.
        var pixelFormat = stream.PixelFormat.StartsWith("yuvj", StringComparison.Ordinal) ? stream.PixelFormat : layout.Name;
        using var decoder = FfmpegProcess.Start(
            FfmpegPrograms.Ffmpeg,
            [
                "-v", "error", "-nostdin", "-err_detect", "+crccheck+bitstream+buffer", .. VideoProbe.InputArguments(probe.Path), "-map", $"0:{stream.Index}", "-frames:v", "1",
                "-c:v", "rawvideo", "-pix_fmt", pixelFormat, "-f", "nut", "pipe:1",
            ]);
        decoder.Input.Close();
        try
        {
            using var output = new BufferedStream(decoder.Output, 1 << 16);
            var reader = new NutReader(output);
            var range = pixelFormat == layout.Name && layout.Model != ColourModel.Grey ? stream.Colour.Range : "pc";
            var matrix = YuvMatrix.Of(stream.Colour.Space.Length > 0 ? stream.Colour.Space : "bt470bg", range, reader.Header.Height);
            var pool = new FramePool(new PlanarGeometry(layout, reader.Header.Width, reader.Header.Height, matrix));
            var samples = pool.Rent();
            var isThere = reader.ReadFrame(samples, out _);
            output.CopyTo(Stream.Null);
            return decoder.WaitForExit(cancellationToken) == 0 && decoder.Said.Length == 0 && isThere ? new CoverPicture(pool, samples, pixelFormat, stream.Codec == "png" ? "png" : "mjpeg") : null;
        }
        catch (NutFormatException)
        {
            // Not one frame came: what ffmpeg says about it is of no use to anybody.
            return null;
        }
    }

    /// <summary>Encodes it as it is now.</summary>
    /// <param name="path">The file; overwritten.</param>
    /// <param name="cancellationToken">Stops waiting for the encoder.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.EncodeFailed"/>.</exception>
    public void Write(string path, CancellationToken cancellationToken)
    {
        var size = string.Create(CultureInfo.InvariantCulture, $"{Width}x{Height}");
        using var encoder = FfmpegProcess.Start(
            FfmpegPrograms.Ffmpeg,
            [
                "-v", "error", "-f", "rawvideo", "-video_size", size, "-pixel_format", _pixelFormat, "-i", "pipe:0", "-frames:v", "1", "-c:v", Codec,
                "-q:v", "2", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-f", "image2pipe", "-y", "file:" + path,
            ]);
        try
        {
            encoder.Input.Write(Fold());
            encoder.Input.Close();
        }
        catch (IOException error)
        {
            throw Failed(encoder, error);
        }

        if (encoder.WaitForExit(cancellationToken) != 0)
        {
            throw Failed(encoder, null);
        }
    }

    private static VeilException Failed(FfmpegProcess encoder, IOException? inner) =>
        new(VeilErrorCode.EncodeFailed, $"The cover picture cannot be encoded: {encoder.Said}", "See whether the disk is full.", inner);
}
