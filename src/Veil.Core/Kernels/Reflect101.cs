namespace Veil.Kernels;

/// <summary>
/// The border <c>gfedcb|abcdefgh|gfedcba</c> (OpenCV's BORDER_REFLECT_101, its default): the picture is mirrored about the
/// centres of its outermost pixels, as often as needed.
/// </summary>
internal static class Reflect101
{
    /// <summary>After how many pixels the mirrored line repeats itself.</summary>
    public static int Period(int length) => length == 1 ? 1 : 2 * (length - 1);

    /// <summary>Which pixel of a line of <paramref name="length"/> pixels stands at any <paramref name="position"/>.</summary>
    public static int Index(int position, int length)
    {
        if ((uint)position < (uint)length)
        {
            return position;
        }

        if (length == 1)
        {
            return 0;
        }

        var period = Period(length);
        var inside = position % period;
        if (inside < 0)
        {
            inside += period;
        }

        return inside < length ? inside : period - inside;
    }
}
