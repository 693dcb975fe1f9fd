using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Veil.Imaging.Metadata.Exif;

/// <summary>
/// The fields of an original that a policy lets through. A field must be of the standards, allowed at the level, and have
/// the type and number of values that the standard gives it: a number field with a text in it is dropped.
/// </summary>
internal static class ExifSelection
{
    private const int Upright = 1;
    private static readonly WrittenField Version = new(ExifTags.ExifVersion, TiffType.Undefined, 4, [.. "0232"u8]);

    /// <summary>Selects fields; empty when none is left.</summary>
    /// <param name="bytes">The TIFF structure of the original.</param>
    /// <param name="policy">What may pass.</param>
    /// <param name="orientation">How the result's pixels are turned, 1..8; 1 for upright. Another is written at every level.</param>
    /// <param name="dropped">Receives the names of what was there but may not pass, at <see cref="MetadataLevel.All"/>.</param>
    public static Dictionary<DirectoryKind, List<WrittenField>> Select(ReadOnlySpan<byte> bytes, MetadataPolicy policy, int orientation, ISet<string> dropped)
    {
        var selected = new Dictionary<DirectoryKind, List<WrittenField>>();
        if (policy.Level != MetadataLevel.None && TiffStructure.Read(bytes) is { } structure)
        {
            SelectFields(bytes, structure, policy, selected, dropped);
        }

        AddConstant(selected, orientation);
        return selected;
    }

    private static void SelectFields(
        ReadOnlySpan<byte> bytes, TiffStructure structure, MetadataPolicy policy, Dictionary<DirectoryKind, List<WrittenField>> selected, ISet<string> dropped)
    {

        foreach (var kind in (DirectoryKind[])[DirectoryKind.Main, DirectoryKind.Exif, DirectoryKind.Gps, DirectoryKind.Interoperability])
        {
            var fields = new List<WrittenField>();
            foreach (var field in structure.Find(kind)?.Fields ?? [])
            {
                var tag = ExifTags.Find(kind, field.Tag);
                if (Written(bytes, structure, tag, field, policy) is { } written)
                {
                    if (!fields.Exists(known => known.Tag == written.Tag))
                    {
                        fields.Add(written);
                    }
                }
                else if (!ExifTags.IsStructure(kind, field.Tag) && tag is not { Kind: null, Level: MetadataLevel.None })
                {
                    dropped.Add(tag?.Name ?? $"tag 0x{field.Tag:X4}");
                }
            }

            if (fields.Count > 0)
            {
                selected[kind] = fields;
            }
        }

        if (structure.Directories.Any(directory => directory.Kind is DirectoryKind.Next or DirectoryKind.Sub))
        {
            dropped.Add("thumbnail");
        }
    }

    private static void AddConstant(Dictionary<DirectoryKind, List<WrittenField>> selected, int orientation)
    {
        if (selected.Count == 0 && orientation == Upright)
        {
            return;
        }

        if (!selected.TryGetValue(DirectoryKind.Main, out var main))
        {
            selected[DirectoryKind.Main] = main = [];
        }

        main.Add(new WrittenField(ExifTags.Orientation, TiffType.Short, 1, [(byte)orientation, 0]));
        if (selected.TryGetValue(DirectoryKind.Exif, out var exif))
        {
            exif.Add(Version);
        }
    }

    private static WrittenField? Written(ReadOnlySpan<byte> bytes, TiffStructure structure, ExifTag? tag, TiffField field, MetadataPolicy policy)
    {
        var content = bytes.Slice(field.Offset, field.Length);
        if (tag is { Tag: ExifTags.DateTimeOriginal, Directory: DirectoryKind.Exif } && policy is { Level: MetadataLevel.Safe, Date: CaptureDate.Day })
        {
            return field.Type == TiffType.Ascii && Day(content) is { } day ? new WrittenField(field.Tag, TiffType.Ascii, day.Length, day) : null;
        }

        if (tag is null || tag.Level == MetadataLevel.None || tag.Level > policy.Level
            || field.Count > tag.MostValues || (tag.Forms & Form(field.Type)) == 0
            || (field.Length > 4 && PictureSignature.IsIn(content)))
        {
            return null;
        }

        return new WrittenField(field.Tag, field.Type, field.Count, LittleEndian(structure, field, content));
    }

    private static ValueForms Form(TiffType type) => type switch
    {
        TiffType.Ascii or TiffType.Utf8 => ValueForms.Text,
        TiffType.Short => ValueForms.Short,
        TiffType.Long => ValueForms.Long,
        TiffType.Rational => ValueForms.Rational,
        TiffType.SRational => ValueForms.SRational,
        TiffType.Byte => ValueForms.Bytes,
        TiffType.Undefined => ValueForms.Undefined,
        _ => ValueForms.None,
    };

    private static byte[] LittleEndian(TiffStructure structure, TiffField field, ReadOnlySpan<byte> content)
    {
        var value = content.ToArray();
        if (structure.IsLittleEndian)
        {
            return value;
        }

        var size = field.Type switch { TiffType.Short => 2, TiffType.Long or TiffType.Rational or TiffType.SRational => 4, _ => 1 };
        for (var at = 0; at + size <= value.Length; at += size)
        {
            value.AsSpan(at, size).Reverse();
        }

        // UTF-16 in a comment follows the byte order of the structure.
        if (field.Tag == ExifTags.UserComment && content.StartsWith("UNICODE\0"u8))
        {
            for (var at = 8; at + 2 <= value.Length; at += 2)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(value.AsSpan(at), BinaryPrimitives.ReadUInt16BigEndian(value.AsSpan(at)));
            }
        }

        return value;
    }

    private static byte[]? Day(ReadOnlySpan<byte> text)
    {
        const string format = "yyyy:MM:dd HH:mm:ss";
        var taken = Encoding.Latin1.GetString(text).TrimEnd('\0');
        return DateTime.TryParseExact(taken, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? Encoding.ASCII.GetBytes(time.Date.ToString(format, CultureInfo.InvariantCulture) + "\0")
            : null;
    }
}
