namespace Veil.Video.Planar;

/// <summary>
/// Luma and colour differences to and from R'G'B', after ITU-R BT.601, BT.709 and BT.2020 (non-constant luminance).
/// </summary>
internal sealed record YuvMatrix
{
    private const int Bits = 14;
    private const int Half = 1 << (Bits - 1);

    private readonly double _kr;
    private readonly double _kb;
    private readonly bool _full;

    private YuvMatrix(double kr, double kb, bool full) => (_kr, _kb, _full) = (kr, kb, full);

    /// <summary>Chooses the matrix as players do.</summary>
    /// <param name="colourSpace">ffmpeg's name of the matrix; of unknown ones the picture's height tells (BT.709 from 720 rows on).</param>
    /// <param name="colourRange">ffmpeg's name of the range: <c>pc</c> is full, all else limited.</param>
    /// <param name="height">Rows of the picture.</param>
    public static YuvMatrix Of(string? colourSpace, string? colourRange, int height)
    {
        var (kr, kb) = colourSpace switch
        {
            "bt709" => (0.2126, 0.0722),
            "bt2020nc" or "bt2020c" => (0.2627, 0.0593),
            "smpte240m" => (0.212, 0.087),
            "fcc" => (0.30, 0.11),
            "bt470bg" or "smpte170m" => (0.299, 0.114),
            _ => height >= 720 ? (0.2126, 0.0722) : (0.299, 0.114),
        };
        return new YuvMatrix(kr, kb, colourRange == "pc");
    }

    /// <summary>Fixed-point factors for one depth of samples and one of colours.</summary>
    /// <param name="depth">Bits of a sample, 8..16.</param>
    /// <param name="maximum">The brightest colour value: 255 or 65535.</param>
    public YuvFactors For(int depth, int maximum)
    {
        double scale = 1 << (depth - 8);
        var (black, lumaRange, chromaRange) = _full ? (0.0, ((1 << depth) - 1.0), ((1 << depth) - 1.0)) : (16 * scale, 219 * scale, 224 * scale);
        var kg = 1 - _kr - _kb;
        var (luma, chroma) = (maximum / lumaRange, 2 * maximum / chromaRange);
        return new YuvFactors(
            (int)black,
            1 << (depth - 1),
            (1 << depth) - 1,
            maximum,
            Fixed(luma), Fixed(chroma * (1 - _kr)), Fixed(-chroma * _kb * (1 - _kb) / kg), Fixed(-chroma * _kr * (1 - _kr) / kg), Fixed(chroma * (1 - _kb)),
            _kr / luma, kg / luma, _kb / luma, 1 / (chroma * (1 - _kb)), 1 / (chroma * (1 - _kr)));
    }

    private static long Fixed(double value) => (long)Math.Round(value * (1 << Bits));

    /// <summary>Factors from and to samples.</summary>
    internal readonly record struct YuvFactors(
        int Black, int Middle, int MaximumSample, int Maximum,
        long Luma, long RedByV, long GreenByU, long GreenByV, long BlueByU,
        double LumaByRed, double LumaByGreen, double LumaByBlue, double UByBlue, double VByRed)
    {
        /// <summary>A colour's three values, 0..<see cref="Maximum"/>.</summary>
        public (int Red, int Green, int Blue) ToRgb(int y, int u, int v)
        {
            var light = (Luma * (y - Black)) + Half;
            return (
                Clamp((light + (RedByV * (v - Middle))) >> Bits, Maximum),
                Clamp((light + (GreenByU * (u - Middle)) + (GreenByV * (v - Middle))) >> Bits, Maximum),
                Clamp((light + (BlueByU * (u - Middle))) >> Bits, Maximum));
        }

        /// <summary>Luma of a colour, not rounded.</summary>
        public double LumaOf(double red, double green, double blue) => Black + (LumaByRed * red) + (LumaByGreen * green) + (LumaByBlue * blue);

        /// <summary>The two colour differences of a colour with its luma, not rounded.</summary>
        public (double U, double V) ChromaOf(double red, double blue, double luma)
        {
            var light = (luma - Black) * Luma / (double)(1 << Bits);
            return (Middle + (UByBlue * (blue - light)), Middle + (VByRed * (red - light)));
        }

        /// <summary>A sample within its depth.</summary>
        public int Sample(double value) => Math.Clamp((int)Math.Round(value), 0, MaximumSample);

        private static int Clamp(long value, int maximum) => (int)Math.Clamp(value, 0, maximum);
    }
}
