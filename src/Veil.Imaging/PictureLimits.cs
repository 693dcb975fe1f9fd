using System.Globalization;
using Veil.Errors;

namespace Veil.Imaging;

/// <summary>
/// How large an input may be. Checked from its header, before any pixel is decoded: a small file that claims to be
/// enormous costs nothing.
/// </summary>
public sealed record PictureLimits
{
    /// <summary>The limits used where none are given.</summary>
    public static PictureLimits Default { get; } = new();

    /// <summary>Pixels of all frames together, at least 1; default 300 million.</summary>
    public long MaxPixels { get; init; } = 300_000_000;

    /// <summary>Columns or rows of one frame, at least 1; default 65,500, which is also the most that JPEG can hold.</summary>
    public int MaxDimension { get; init; } = 65_500;

    /// <summary>Frames or pages, at least 1; default 5,000.</summary>
    public int MaxFrames { get; init; } = 5_000;

    /// <summary>Size of the file in bytes, at least 1; default 1 GiB.</summary>
    public long MaxFileBytes { get; init; } = 1L << 30;

    /// <summary>Checks the size of a file.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.LimitExceeded"/>.</exception>
    public void CheckFile(long bytes)
    {
        if (bytes > MaxFileBytes)
        {
            throw Exceeded("bytes in the file", MaxFileBytes, bytes, "--max-file-bytes");
        }
    }

    /// <summary>Checks what a header says.</summary>
    /// <param name="width">Columns of a frame.</param>
    /// <param name="height">Rows of a frame.</param>
    /// <param name="frames">Frames.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.LimitExceeded"/>.</exception>
    public void Check(int width, int height, int frames)
    {
        if (Math.Max(width, height) > MaxDimension)
        {
            throw Exceeded($"pixels along a side ({width}×{height})", MaxDimension, Math.Max(width, height), "--max-dimension");
        }

        if (frames > MaxFrames)
        {
            throw Exceeded("frames", MaxFrames, frames, "--max-frames");
        }

        if ((Int128)width * height * frames > MaxPixels)
        {
            var frame = frames == 1 ? "" : $" × {frames} frames";
            throw Exceeded($"pixels ({width}×{height}{frame})", MaxPixels, (long)width * height * frames, "--max-pixels");
        }
    }

    private static VeilException Exceeded(string what, long limit, long value, string flag) => new(
        VeilErrorCode.LimitExceeded,
        string.Create(CultureInfo.InvariantCulture, $"Expected at most {limit} {what}, but received {value}."),
        $"raise it with {flag} if you trust the file");
}
