using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization.Synthesis;

/// <summary>
/// Which part of a picture a generator sees of a face or a body, after DeepPrivacy2 (Hukkelås and Lindseth, 2023). It may reach
/// over the picture's border.
/// </summary>
internal static class CropFrame
{
    /// <summary>Of a face: so many times the longer side of its box.</summary>
    public const float FaceScale = 1.7f;

    /// <summary>The share of a body's crop that shows background, at least.</summary>
    public const double Background = 0.3;

    /// <summary>By which share of the root of its area a body's box grows along both axes before anything else.</summary>
    private const double BodyMargin = 0.1;

    // Beside a covered area that is larger than what was found there is at least this share of its half to be seen.
    private const float Rim = 1 / 16f;

    /// <summary>
    /// The square around a face: 1.7 times the longer side of the box as it was found. Larger where what is covered would not
    /// leave a rim, and higher or wider where the generator's crops are.
    /// </summary>
    /// <param name="found">The face's box, not grown.</param>
    /// <param name="covered">All that is to be painted.</param>
    /// <param name="size">Of the generator's crops.</param>
    public static PixelRect OfFace(Box found, PixelRect covered, PixelSize size)
    {
        var x = (int)(MathF.Floor(found.Left) + MathF.Floor(found.Width / 2));
        var y = (int)(MathF.Floor(found.Top) + MathF.Floor(found.Height / 2));
        var half = Math.Max(1, (int)MathF.Floor(FaceScale * found.LongSide / 2));
        var reach = Math.Max(Math.Max(x - covered.Left, covered.Right - x), Math.Max(y - covered.Top, covered.Bottom - y));
        half = reach < half ? half : (int)Math.Ceiling(reach * (1 + Rim)) + 1;
        return ToAspect(new PixelRect(x - half, y - half, x + half, y + half), size, null);
    }

    /// <summary>
    /// The part around a body: its box grown by a tenth along both axes, to the generator's proportions, and until three tenths
    /// of it are background. It is moved into the picture where the picture has the room.
    /// </summary>
    /// <param name="found">The body's box, not grown; all of it, or a part, is in the picture.</param>
    /// <param name="pixels">Pixels of it that show the body.</param>
    /// <param name="covered">All that is to be painted.</param>
    /// <param name="size">Of the generator's crops.</param>
    /// <param name="picture">The picture's size; null leaves the crop in the middle.</param>
    public static PixelRect OfBody(Box found, long pixels, PixelRect covered, PixelSize size, PixelSize? picture)
    {
        var box = Inside(found.ToPixels(), picture);
        var grown = (int)(Math.Sqrt((double)box.Width * box.Height) * BodyMargin);
        box = Grow(box, Limited(box.Width + grown, picture?.Width), Limited(box.Height + grown, picture?.Height), picture);
        box = ToAspect(box, size, picture);
        var area = (double)box.Width * box.Height;
        if (1 - (pixels / area) <= Background)
        {
            var larger = Math.Sqrt(pixels / (1 - Background) / area);
            box = Grow(box, (int)Math.Ceiling(larger * box.Width), (int)Math.Ceiling(larger * box.Height), picture);
        }

        // A mask that was spread, or a soft edge, may reach further.
        return covered.Intersect(box) == covered ? box : ToAspect(box.Union(covered.Inflate(1)), size, picture);
    }

    /// <summary>The shorter axis grown to the proportions of a size.</summary>
    private static PixelRect ToAspect(PixelRect box, PixelSize size, PixelSize? picture)
    {
        var aspect = (double)size.Height / size.Width;
        return (double)box.Height / box.Width < aspect
            ? Grow(box, box.Width, (int)(box.Width * aspect), picture)
            : Grow(box, Math.Max(box.Width, (int)(box.Height / aspect)), box.Height, picture);
    }

    private static PixelRect Grow(PixelRect box, int width, int height, PixelSize? picture)
    {
        var (left, right) = Grow(box.Left, box.Right, width, picture?.Width);
        var (top, bottom) = Grow(box.Top, box.Bottom, height, picture?.Height);
        return new PixelRect(left, top, right, bottom);
    }

    /// <summary>Grows an axis to both sides, the odd pixel at the end; moved away from a border that only one end is beyond.</summary>
    private static (int Start, int End) Grow(int start, int end, int length, int? limit)
    {
        var more = Math.Max(0, length - (end - start));
        (start, end) = (start - (more / 2), end + more - (more / 2));
        if (limit is not { } border)
        {
            return (start, end);
        }

        var shift = start < 0 && end < border ? Math.Min(-start, border - end)
            : end > border && start > 0 ? -Math.Min(end - border, start)
            : 0;
        return (start + shift, end + shift);
    }

    private static PixelRect Inside(PixelRect box, PixelSize? picture) =>
        picture is { } size && box.Intersect(new PixelRect(0, 0, size.Width, size.Height)) is { IsEmpty: false } inside ? inside : box;

    private static int Limited(int length, int? limit) => Math.Min(length, limit ?? int.MaxValue);
}
