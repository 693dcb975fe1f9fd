namespace Veil.Imaging.Jpeg.Coefficients;

/// <summary>The segments that an output carries: how it is turned, and its colour profile. Nothing else of the source.</summary>
internal static class KeptSegments
{
    private const byte ExifMarker = 0xE1;
    private const byte ProfileMarker = 0xE2;
    private const int LongestPayload = 65_533;

    /// <summary>Makes them.</summary>
    /// <param name="orientation">EXIF's number; 1 needs no segment.</param>
    /// <param name="profile">Colour profile; empty for none.</param>
    public static IReadOnlyList<JpegSegment> Of(int orientation, ReadOnlySpan<byte> profile)
    {
        var segments = new List<JpegSegment>();
        if (orientation != 1)
        {
            segments.Add(new JpegSegment(ExifMarker, [.. "Exif\0\0MM\0*\0\0\0\b"u8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0]));
        }

        // ICC.1, annex B.4: pieces numbered from 1, each with their count.
        var name = "ICC_PROFILE\0"u8;
        var piece = LongestPayload - name.Length - 2;
        var count = (profile.Length + piece - 1) / piece;
        for (var i = 0; i < count; i++)
        {
            segments.Add(new JpegSegment(ProfileMarker, [.. name, (byte)(i + 1), (byte)count, .. profile[(i * piece)..Math.Min(profile.Length, (i + 1) * piece)]]));
        }

        return segments;
    }
}
