using System.Buffers.Binary;
using System.Text;

namespace Veil.Imaging.Metadata.Inspection;

/// <summary>What a colour profile tells: its description (ICC.1, the tag <c>desc</c>).</summary>
internal static class ProfileTraces
{
    private const int TagsAt = 128;
    private const int MostTags = 100;

    public static void Add(TraceList traces, ReadOnlySpan<byte> profile, string where) =>
        traces.Add(TraceKind.Profile, where, "colour profile", Description(profile) ?? $"{profile.Length} bytes");

    private static string? Description(ReadOnlySpan<byte> profile)
    {
        if (profile.Length < TagsAt + 4)
        {
            return null;
        }

        var count = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(profile[TagsAt..]), MostTags);
        for (var i = 0; i < count && TagsAt + 16 + (12 * i) <= profile.Length; i++)
        {
            var tag = profile[(TagsAt + 4 + (12 * i))..];
            long offset = BinaryPrimitives.ReadUInt32BigEndian(tag[4..]);
            if (tag.StartsWith("desc"u8) && offset + 28 <= profile.Length)
            {
                return Text(profile[(int)offset..]);
            }
        }

        return null;
    }

    // Version 2 has plain text, version 4 a list of translations, of which the first serves.
    private static string? Text(ReadOnlySpan<byte> tag)
    {
        if (tag.StartsWith("desc"u8))
        {
            var length = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(tag[8..]), tag.Length - 12);
            return TraceList.Text(tag.Slice(12, (int)length)).TrimEnd('\0');
        }

        if (tag.StartsWith("mluc"u8))
        {
            long length = BinaryPrimitives.ReadUInt32BigEndian(tag[20..]), offset = BinaryPrimitives.ReadUInt32BigEndian(tag[24..]);
            return offset + length <= tag.Length ? Encoding.BigEndianUnicode.GetString(tag.Slice((int)offset, (int)Math.Min(length, 512))) : null;
        }

        return null;
    }
}
