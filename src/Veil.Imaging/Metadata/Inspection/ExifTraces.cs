using System.Globalization;
using System.Text;
using Veil.Imaging.Metadata.Exif;

namespace Veil.Imaging.Metadata.Inspection;

/// <summary>What the fields of a TIFF structure tell.</summary>
internal static class ExifTraces
{
    private const ushort SubfileType = 254;
    private const ushort Width = 256;
    private const ushort Height = 257;
    private const int MostNumbers = 8;

    /// <summary>Adds the traces of an EXIF block, or of a TIFF file whose later directories are pages.</summary>
    public static void Add(TraceList traces, ReadOnlySpan<byte> bytes, string where)
    {
        if (TiffStructure.Read(bytes) is not { } structure)
        {
            traces.Add(TraceKind.Private, where, "unreadable", $"{bytes.Length} bytes");
            return;
        }

        var page = 0;
        foreach (var directory in structure.Directories)
        {
            if (directory.Kind is DirectoryKind.Next or DirectoryKind.Sub)
            {
                AddPicture(traces, bytes, structure, directory, where, ++page);
            }

            if (directory.Kind == DirectoryKind.Gps)
            {
                AddPosition(traces, bytes, structure, directory, where);
            }

            foreach (var field in directory.Fields)
            {
                if (!traces.IsFull)
                {
                    AddField(traces, bytes, structure, directory.Kind, field, where);
                }
            }
        }
    }

    private static void AddField(TraceList traces, ReadOnlySpan<byte> bytes, TiffStructure structure, DirectoryKind directory, TiffField field, string where)
    {
        var known = ExifTags.Find(directory, field.Tag);
        if (known is null)
        {
            if (!ExifTags.IsStructure(directory, field.Tag))
            {
                traces.Add(TraceKind.Private, where, $"tag 0x{field.Tag:X4}", Value(bytes, structure, field));
            }
        }
        else if (known is { Kind: { } kind } && !IsEmpty(bytes, field))
        {
            var value = kind == TraceKind.MakerNote ? $"{field.Length} bytes" : known.Name.StartsWith("XP", StringComparison.Ordinal)
                ? Encoding.Unicode.GetString(bytes.Slice(field.Offset, Math.Min(field.Length, 2048))) : Value(bytes, structure, field);
            traces.Add(kind, where, known.Name, value, known.Severity);
        }
    }

    // Cameras fill fields with blanks and zeros to be overwritten later; they tell nothing.
    private static bool IsEmpty(ReadOnlySpan<byte> bytes, TiffField field)
    {
        if (field.Type is not (TiffType.Ascii or TiffType.Utf8 or TiffType.Undefined))
        {
            return false;
        }

        var value = bytes.Slice(field.Offset, field.Length);
        if (field.Tag == ExifTags.UserComment && (value.StartsWith("ASCII\0"u8) || value.StartsWith("UNICODE\0"u8) || value.StartsWith("JIS\0"u8)))
        {
            value = value[Math.Min(8, value.Length)..];
        }

        return value.IndexOfAnyExcept((byte)0, (byte)' ') < 0;
    }

    private static void AddPicture(TraceList traces, ReadOnlySpan<byte> bytes, TiffStructure structure, TiffDirectory directory, string where, int page)
    {
        long? Number(ReadOnlySpan<byte> data, TiffDirectory of, ushort tag) => of.Fields.FirstOrDefault(field => field.Tag == tag) is { Length: > 0 } field ? structure.Integer(data, field) : null;

        var (width, height) = (Number(bytes, directory, Width), Number(bytes, directory, Height));
        var main = structure.Directories[0];
        if (where == "TIFF" && directory.Kind == DirectoryKind.Next && (Number(bytes, directory, SubfileType) ?? 0) is 0 or 2
            && (width, height) == (Number(bytes, main, Width), Number(bytes, main, Height)))
        {
            // A page like the first is part of the picture: whoever opens the file sees it.
            return;
        }

        var size = "";
        if (Number(bytes, directory, ExifTags.JpegOffset) is { } offset && Number(bytes, directory, ExifTags.JpegLength) is { } length && offset > 0 && offset < bytes.Length)
        {
            var jpeg = bytes.Slice((int)offset, (int)Math.Min(length, bytes.Length - offset));
            size = $", {jpeg.Length} bytes";
            (width, height) = PictureSignature.Size(jpeg) is { } found ? (found.Width, found.Height) : (width, height);
        }
        else if (width is null && !directory.Fields.Any(field => ExifTags.PixelPlaces.Any(place => place.Offsets == field.Tag)))
        {
            // A directory that no pixels belong to.
            return;
        }

        var name = directory.Kind == DirectoryKind.Sub ? "picture in a directory below" : where == "TIFF" ? $"page {page + 1}" : "thumbnail";
        traces.Add(TraceKind.Thumbnail, where, name, width is null ? "size unknown" + size : $"{width}×{height}{size}");
    }

    private static void AddPosition(TraceList traces, ReadOnlySpan<byte> bytes, TiffStructure structure, TiffDirectory directory, string where)
    {
        if (Degrees(bytes, structure, directory, 2, 1, "S"u8) is { } latitude && Degrees(bytes, structure, directory, 4, 3, "W"u8) is { } longitude)
        {
            traces.Add(TraceKind.Place, where, "position", string.Create(CultureInfo.InvariantCulture, $"{latitude:F5}, {longitude:F5}"));
        }
    }

    private static double? Degrees(ReadOnlySpan<byte> bytes, TiffStructure structure, TiffDirectory directory, ushort tag, ushort reference, ReadOnlySpan<byte> negative)
    {
        var field = directory.Fields.FirstOrDefault(candidate => candidate.Tag == tag);
        if (structure.Fraction(bytes, field) is not { } degrees)
        {
            return null;
        }

        degrees += ((structure.Fraction(bytes, field, 1) ?? 0) / 60) + ((structure.Fraction(bytes, field, 2) ?? 0) / 3600);
        var side = directory.Fields.FirstOrDefault(candidate => candidate.Tag == reference);
        return side.Length > 0 && bytes[side.Offset..].StartsWith(negative) ? -degrees : degrees;
    }

    private static string Value(ReadOnlySpan<byte> bytes, TiffStructure structure, TiffField field)
    {
        var content = bytes.Slice(field.Offset, field.Length);
        switch (field.Type)
        {
            case TiffType.Ascii or TiffType.Utf8:
                return TraceList.Text(content).TrimEnd('\0');
            case TiffType.Undefined when field.Tag == ExifTags.UserComment:
                return content.StartsWith("UNICODE\0"u8)
                    ? (structure.IsLittleEndian ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(content[8..Math.Min(content.Length, 2048)])
                    : TraceList.Text(content[Math.Min(8, content.Length)..]).TrimEnd('\0');
            case TiffType.Byte or TiffType.Undefined when field.Count > MostNumbers:
                return PictureSignature.IsIn(content) ? $"{field.Length} bytes with a picture in them" : $"{field.Length} bytes";
            default:
                var numbers = new List<string>();
                for (var i = 0; i < Math.Min(field.Count, MostNumbers); i++)
                {
                    numbers.Add((structure.Integer(bytes, field, i) ?? structure.Fraction(bytes, field, i))?.ToString(CultureInfo.InvariantCulture) ?? "?");
                }

                return string.Join(' ', numbers) + (field.Count > MostNumbers ? " …" : "");
        }
    }
}
