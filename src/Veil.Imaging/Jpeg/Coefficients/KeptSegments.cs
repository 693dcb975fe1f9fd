using Veil.Imaging.Metadata;

namespace Veil.Imaging.Jpeg.Coefficients;

/// <summary>The segments that an output carries: its colour profile, how it is turned, and what the metadata policy lets through.</summary>
internal static class KeptSegments
{
    private const byte ProfileMarker = 0xE2;
    private const int LongestPayload = 65_533;

    // A segment as metadata gives it is whole: two bytes of marker and two of length come before its payload.
    private const int Header = 4;

    /// <summary>Makes them.</summary>
    /// <param name="carried">The metadata that the policy lets through, with EXIF's orientation where it is not upright.</param>
    /// <param name="profile">Colour profile; empty for none.</param>
    public static IReadOnlyList<JpegSegment> Of(CarriedMetadata carried, ReadOnlySpan<byte> profile)
    {
        var segments = JpegMetadata.Segments(carried).Select(segment => new JpegSegment(segment[1], segment[Header..])).ToList();

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
