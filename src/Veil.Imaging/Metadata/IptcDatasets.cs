using System.Buffers.Binary;

namespace Veil.Imaging.Metadata;

/// <summary>A dataset of IPTC-IIM.</summary>
internal readonly record struct IptcDataset(int Record, int Number, byte[] Value);

/// <summary>Datasets of IPTC-IIM (version 4.2): a mark, record, number, length, value.</summary>
internal static class IptcDatasets
{
    private const byte Mark = 0x1C;
    private const int Most = 2000;
    private const int LongestText = 8192;

    /// <summary>The datasets in their order; what is broken ends the reading.</summary>
    public static List<IptcDataset> Read(ReadOnlySpan<byte> bytes)
    {
        var datasets = new List<IptcDataset>();
        while (bytes.Length >= 5 && bytes[0] == Mark && datasets.Count < Most)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]);
            if ((length & 0x8000) != 0 || 5 + length > bytes.Length)
            {
                break;
            }

            datasets.Add(new IptcDataset(bytes[1], bytes[2], bytes.Slice(5, length).ToArray()));
            bytes = bytes[(5 + length)..];
        }

        return datasets;
    }

    /// <summary>The datasets that describe the picture, without previews and without other objects.</summary>
    public static byte[] WriteDescriptive(IEnumerable<IptcDataset> datasets)
    {
        const int firstPreview = 200;
        using var output = new MemoryStream();
        foreach (var (record, number, value) in datasets)
        {
            if (value.Length <= LongestText && !PictureSignature.IsIn(value) && (record == 2 ? number < firstPreview : (record, number) == (1, 90)))
            {
                output.Write([Mark, (byte)record, (byte)number, (byte)(value.Length >> 8), (byte)value.Length]);
                output.Write(value);
            }
        }

        return output.ToArray();
    }
}
