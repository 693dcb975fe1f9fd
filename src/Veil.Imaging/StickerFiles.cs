using Veil.Errors;
using Veil.Imaging.Native;

namespace Veil.Imaging;

/// <summary>
/// Loads the pictures that cover faces: Veil's own emoji by name, or a picture file of the user's. Thread-safe.
/// </summary>
public static class StickerFiles
{
    /// <summary>Side of a drawn emoji, pixels.</summary>
    public const int DefaultSize = 512;

    private const string Folder = "emoji";
    private const double DesignSize = 36;

    private static readonly SortedDictionary<string, string> Codes = new(StringComparer.Ordinal)
    {
        ["cat"] = "1f431",
        ["cool"] = "1f60e",
        ["dog"] = "1f436",
        ["fox"] = "1f98a",
        ["grin"] = "1f600",
        ["happy"] = "1f60a",
        ["mask"] = "1f637",
        ["neutral"] = "1f610",
        ["panda"] = "1f43c",
        ["party"] = "1f973",
        ["robot"] = "1f916",
        ["silent"] = "1f636",
        ["smile"] = "1f642",
    };

    /// <summary>The names of the emoji that come with Veil, sorted.</summary>
    public static IReadOnlyCollection<string> Names => Codes.Keys;

    /// <summary>Loads a sticker.</summary>
    /// <param name="nameOrPath">One of <see cref="Names"/>, or a picture file. Vector files of users are refused.</param>
    /// <returns>Rgba32 with straight alpha; owned by the caller. Emoji are <see cref="DefaultSize"/> pixels square.</returns>
    /// <exception cref="VeilException">
    /// <see cref="VeilErrorCode.InvalidOption"/> for an unknown name, or as for <see cref="PictureFile.Open(string, PictureLimits?)"/>.
    /// </exception>
    public static PixelBuffer Load(string nameOrPath) => Load(nameOrPath, DefaultSize);

    /// <summary>Loads a sticker, drawing emoji at a wanted size.</summary>
    /// <param name="nameOrPath">As for <see cref="Load(string)"/>.</param>
    /// <param name="size">Side of an emoji in pixels, 16..4096; picture files keep their own size.</param>
    /// <returns>Rgba32 with straight alpha; owned by the caller.</returns>
    /// <exception cref="VeilException">As for <see cref="Load(string)"/>.</exception>
    public static PixelBuffer Load(string nameOrPath, int size)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 16);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 4096);
        if (Codes.TryGetValue(nameOrPath, out var code))
        {
            return Draw(code, size);
        }

        if (!File.Exists(nameOrPath))
        {
            throw new VeilException(
                VeilErrorCode.InvalidOption,
                $"Expected the name of an emoji or a picture file, but received '{nameOrPath}'.",
                "the names are " + string.Join(", ", Codes.Keys));
        }

        using var picture = PictureFile.Open(nameOrPath);
        return Rgba.From(picture.Frame(0));
    }

    private static unsafe PixelBuffer Draw(string code, int size)
    {
        var path = Path.Combine(AppContext.BaseDirectory, Folder, code + ".svg");
        if (!File.Exists(path))
        {
            throw new VeilException(VeilErrorCode.MissingNative, $"Expected the emoji {code}.svg in {Path.GetDirectoryName(path)}, but it is not there.", "run ./veil doctor");
        }

        var svg = File.ReadAllBytes(path);
        fixed (byte* data = svg)
        {
            var bytes = new EncodedBytes(data, svg.Length);
            try
            {
                return VipsLibrary.Run(() => Draw(bytes, size));
            }
            catch (VipsFailure failure)
            {
                throw new VeilException(VeilErrorCode.MissingNative, $"The emoji {path} cannot be drawn: {failure.Message}", "run ./veil doctor", failure);
            }
        }
    }

    private static PixelBuffer Draw(EncodedBytes svg, int size)
    {
        using var loader = new VipsOperation("svgload_buffer");
        using var image = loader.Set("buffer", svg).Set("scale", size / DesignSize).ToImage();
        var (width, height) = (image.Width, image.Height);
        if (image.Bands != 4 || image.Format != VipsBandFormat.UInt8)
        {
            throw new VipsFailure($"Expected RGBA from the emoji, but received {image.Bands} channels");
        }

        var memory = image.ToMemory();
        return PixelBuffer.Wrap(memory.Memory, width, height, width * 4, PixelFormat.Rgba32, memory);
    }
}
