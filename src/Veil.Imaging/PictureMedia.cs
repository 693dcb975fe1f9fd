using Veil.Imaging.Jpeg.Coefficients;
using Veil.Pipeline;

namespace Veil.Imaging;

/// <summary>Still pictures and animations for the pipeline. Thread-safe.</summary>
/// <param name="limits">How large an input may be.</param>
/// <param name="options">How results are encoded.</param>
/// <param name="overwrite">What to do where an output is already.</param>
/// <param name="times">Which modification time outputs bear.</param>
public sealed class PictureMedia(PictureLimits limits, EncodeOptions options, OverwritePolicy overwrite, OutputTimes times = OutputTimes.Now) : IMediaFormat
{
    /// <summary>What an output's appearance says about power loss.</summary>
    public OutputDurability Durability { get; init; }

    /// <inheritdoc/>
    public IFrameSource Open(MediaItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        cancellationToken.ThrowIfCancellationRequested();
        if (item.Path != MediaItem.StandardInput)
        {
            var modified = ModifiedTime(item.Path, times);
            return PictureFile.Read(item.Path, limits, (file, checkedLimits) => Open(file, checkedLimits, modified));
        }

        using var input = Console.OpenStandardInput();
        return PictureFile.Read(input, limits, (file, checkedLimits) => Open(file, checkedLimits, null));
    }

    /// <inheritdoc/>
    public bool Opened(IFrameSource source) => source is JpegCoefficientSource or PictureSource;

    /// <inheritdoc/>
    public IFrameSink Create(IFrameSource source, string target) => (source, target) switch
    {
        (JpegCoefficientSource jpeg, MediaItem.StandardInput) => JpegCoefficientSink.ToStream(Console.OpenStandardOutput(), jpeg),
        (JpegCoefficientSource jpeg, _) => JpegCoefficientSink.ToFile(target, jpeg, overwrite, Durability),
        (PictureSource picture, MediaItem.StandardInput) => PictureSink.ToStream(Console.OpenStandardOutput(), picture.Picture, options),
        (PictureSource picture, _) => PictureSink.ToFile(target, picture.Picture, options, overwrite, picture.Modified, Durability),
        _ => throw new ArgumentException($"Expected a source that pictures were opened with, but received {source.GetType().Name}.", nameof(source)),
    };

    private IFrameSource Open(ReadOnlySpan<byte> file, PictureLimits checkedLimits, DateTime? modified)
    {
        var keepsBlocks = options is { Mode: EncodeMode.Auto, Format: null or PictureFormat.Jpeg, Quality: null } && Picture.Sniff(file, checkedLimits) == PictureFormat.Jpeg;
        if (!keepsBlocks)
        {
            return Decode(file, checkedLimits, modified, null);
        }

        return JpegCoefficientSource.TryOpen(file, checkedLimits, options.Metadata, modified, out var reason) is { } jpeg
            ? jpeg
            : Decode(file, checkedLimits, modified, ["coded anew as a whole: " + reason]);
    }

    private PictureSource Decode(ReadOnlySpan<byte> file, PictureLimits checkedLimits, DateTime? modified, IReadOnlyList<string>? remarks)
    {
        var picture = Picture.Decode(file, checkedLimits);
        picture.Carry(file, options);
        return new PictureSource(picture, remarks) { Modified = modified };
    }

    /// <summary>Which modification time an output is to bear.</summary>
    /// <param name="path">The input.</param>
    /// <param name="times">The rule.</param>
    /// <returns>Null for the present.</returns>
    public static DateTime? ModifiedTime(string path, OutputTimes times) => times switch
    {
        OutputTimes.Now => null,
        OutputTimes.Keep => File.GetLastWriteTimeUtc(path),
        OutputTimes.Zero => DateTime.UnixEpoch,
        _ => throw new InvalidOperationException($"Expected a known choice of times, but received {times}."),
    };
}
