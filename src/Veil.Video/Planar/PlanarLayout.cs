namespace Veil.Video.Planar;

/// <summary>How an uncompressed frame lies in memory: plane after plane, rows without padding, as ffmpeg's rawvideo has it.</summary>
/// <param name="Name">ffmpeg's name of the pixel format.</param>
/// <param name="Model">What the planes hold.</param>
/// <param name="Depth">Bits of a sample, 8 to 16; more than 8 take two bytes, little-endian, in the low bits.</param>
/// <param name="ShiftX">Colour planes have a column for every <c>1 &lt;&lt; ShiftX</c> of luma.</param>
/// <param name="ShiftY">Colour planes have a row for every <c>1 &lt;&lt; ShiftY</c> of luma.</param>
/// <param name="Planes">1 (grey), 3, or 4 with alpha last.</param>
internal sealed record PlanarLayout(string Name, ColourModel Model, int Depth, int ShiftX, int ShiftY, int Planes)
{
    private static readonly int[] Depths = [8, 9, 10, 12, 14, 16];

    private static readonly PlanarLayout[] Known =
    [
        .. Yuv("yuv420p", 1, 1, 3), .. Yuv("yuv422p", 1, 0, 3), .. Yuv("yuv444p", 0, 0, 3),
        .. Yuv("yuva420p", 1, 1, 4), .. Yuv("yuva422p", 1, 0, 4), .. Yuv("yuva444p", 0, 0, 4),
        new("yuv440p", ColourModel.Yuv, 8, 0, 1, 3), new("yuv411p", ColourModel.Yuv, 8, 2, 0, 3), new("yuv410p", ColourModel.Yuv, 8, 2, 2, 3),
        new("gray", ColourModel.Grey, 8, 0, 0, 1), new("gray10le", ColourModel.Grey, 10, 0, 0, 1),
        new("gray12le", ColourModel.Grey, 12, 0, 0, 1), new("gray16le", ColourModel.Grey, 16, 0, 0, 1),
        new("gbrp", ColourModel.Gbr, 8, 0, 0, 3), new("gbrp10le", ColourModel.Gbr, 10, 0, 0, 3), new("gbrp12le", ColourModel.Gbr, 12, 0, 0, 3),
        new("gbrap", ColourModel.Gbr, 8, 0, 0, 4), new("gbrap10le", ColourModel.Gbr, 10, 0, 0, 4), new("gbrap12le", ColourModel.Gbr, 12, 0, 0, 4),
    ];

    /// <summary>The same samples in another order; ffmpeg rearranges them without loss.</summary>
    private static readonly Dictionary<string, string> Rearranged = new(StringComparer.Ordinal)
    {
        ["nv12"] = "yuv420p", ["nv21"] = "yuv420p", ["nv16"] = "yuv422p", ["nv24"] = "yuv444p", ["p010le"] = "yuv420p10le", ["p016le"] = "yuv420p16le",
        ["yuyv422"] = "yuv422p", ["uyvy422"] = "yuv422p", ["yvyu422"] = "yuv422p", ["y210le"] = "yuv422p10le",
        ["yuvj420p"] = "yuv420p", ["yuvj422p"] = "yuv422p", ["yuvj444p"] = "yuv444p", ["yuvj440p"] = "yuv440p",
        ["rgb24"] = "gbrp", ["bgr24"] = "gbrp", ["rgb0"] = "gbrp", ["bgr0"] = "gbrp", ["0rgb"] = "gbrp", ["0bgr"] = "gbrp",
        ["rgba"] = "gbrap", ["bgra"] = "gbrap", ["argb"] = "gbrap", ["abgr"] = "gbrap", ["pal8"] = "gbrap", ["rgb48le"] = "gbrp12le", ["rgb48be"] = "gbrp12le",
    };

    /// <summary>Bytes of a sample, 1 or 2.</summary>
    public int SampleBytes => Depth > 8 ? 2 : 1;

    /// <summary>The layout in which frames of a pixel format are worked on: its own, or one that holds all its samples.</summary>
    /// <param name="pixelFormat">ffmpeg's name.</param>
    /// <returns>Null when none is known: ffmpeg has to convert then, and the user is told.</returns>
    public static PlanarLayout? For(string pixelFormat)
    {
        ArgumentNullException.ThrowIfNull(pixelFormat);
        var name = Rearranged.GetValueOrDefault(pixelFormat, pixelFormat);
        return Array.Find(Known, layout => layout.Name == name);
    }

    /// <summary>Columns of a plane.</summary>
    /// <param name="plane">0 for the first.</param>
    /// <param name="width">Columns of the picture.</param>
    public int PlaneWidth(int plane, int width) => plane is 1 or 2 ? (width + (1 << ShiftX) - 1) >> ShiftX : width;

    /// <summary>Rows of a plane.</summary>
    /// <param name="plane">0 for the first.</param>
    /// <param name="height">Rows of the picture.</param>
    public int PlaneHeight(int plane, int height) => plane is 1 or 2 ? (height + (1 << ShiftY) - 1) >> ShiftY : height;

    /// <summary>Bytes of a plane.</summary>
    public int PlaneBytes(int plane, int width, int height) => checked(PlaneWidth(plane, width) * PlaneHeight(plane, height) * SampleBytes);

    /// <summary>Bytes of a frame.</summary>
    public int FrameBytes(int width, int height) => Enumerable.Range(0, Planes).Sum(plane => PlaneBytes(plane, width, height));

    private static IEnumerable<PlanarLayout> Yuv(string name, int shiftX, int shiftY, int planes) =>
        Depths.Select(depth => new PlanarLayout(depth == 8 ? name : $"{name}{depth}le", ColourModel.Yuv, depth, shiftX, shiftY, planes));
}
