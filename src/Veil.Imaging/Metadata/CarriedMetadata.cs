using Veil.Imaging.Metadata.Containers;
using Veil.Imaging.Metadata.Exif;

namespace Veil.Imaging.Metadata;

/// <summary>
/// What a policy takes over from an original, selected field by field. It holds copies of what may pass and nothing else of
/// the original, so a writer cannot let more through.
/// </summary>
internal sealed class CarriedMetadata
{
    private readonly SortedSet<string> _dropped = new(StringComparer.Ordinal);

    private CarriedMetadata(MetadataLevel level) => Level = level;

    /// <summary>The level that was asked for.</summary>
    public MetadataLevel Level { get; }

    /// <summary>EXIF fields by directory; empty for none.</summary>
    public IReadOnlyDictionary<DirectoryKind, List<WrittenField>> Exif { get; private set; } = new Dictionary<DirectoryKind, List<WrittenField>>();

    /// <summary>The XMP packet; null for none.</summary>
    public byte[]? Xmp { get; private set; }

    /// <summary>IPTC datasets; null for none.</summary>
    public byte[]? Iptc { get; private set; }

    /// <summary>True when there is nothing to be written.</summary>
    public bool IsEmpty => Exif.Count == 0 && Xmp is null && Iptc is null;

    /// <summary>Selects from a file. Never throws on the file's content: what cannot be read is not carried.</summary>
    /// <param name="file">The whole original.</param>
    /// <param name="format">What it is.</param>
    /// <param name="policy">What may pass.</param>
    /// <param name="orientation">How the result's pixels are turned, EXIF's number 1..8; 1 for upright.</param>
    public static CarriedMetadata Read(ReadOnlySpan<byte> file, PictureFormat format, MetadataPolicy policy, int orientation = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(orientation, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(orientation, 8);
        var carried = new CarriedMetadata(policy.Level);
        var blocks = policy.Level == MetadataLevel.None ? [] : MetadataBlocks.Read(file, format);
        var exif = blocks.FirstOrDefault(block => block.Kind == BlockKind.Exif && TiffStructure.Read(block.Content) is not null);
        carried.Exif = ExifSelection.Select(exif?.Content ?? [], policy, orientation, carried._dropped);
        if (policy.Level == MetadataLevel.All)
        {
            carried.AddText(blocks, orientation);
            carried._dropped.UnionWith(blocks.Select(Unfit).OfType<string>());
        }
        else
        {
            // At this level leaving out is what was asked for; there is nothing to be said about it.
            carried._dropped.Clear();
        }

        return carried;
    }

    /// <summary>What to tell about it for a target format; empty when everything asked for is carried.</summary>
    public IReadOnlyList<string> NotesFor(PictureFormat target)
    {
        var notes = new List<string>();
        var unfit = MetadataWriter.Unwritable(this, target);
        if (unfit.Count > 0)
        {
            notes.Add($"metadata not written ({target.Name()} cannot hold it here): {string.Join(", ", unfit)}");
        }

        if (_dropped.Count > 0)
        {
            const int most = 12;
            notes.Add("metadata left out: " + string.Join(", ", _dropped.Take(most)) + (_dropped.Count > most ? $" and {_dropped.Count - most} more" : ""));
        }

        return notes;
    }

    private static string? Unfit(MetadataBlock block) => block.Kind switch
    {
        BlockKind.Picture => block.Name.Length > 0 ? block.Name : "second picture",
        BlockKind.Provenance => "signed history",
        BlockKind.Unknown => $"{block.Where} {block.Name}".TrimEnd(),
        BlockKind.Trailing => "bytes after the end",
        BlockKind.Text => block.Where,
        _ => null,
    };

    private void AddText(IReadOnlyList<MetadataBlock> blocks, int orientation)
    {
        if (blocks.FirstOrDefault(block => block.Kind == BlockKind.Xmp) is { } packet)
        {
            var extended = blocks.FirstOrDefault(block => block.Kind == BlockKind.ExtendedXmp);
            Xmp = XmpPacket.TryParse(packet.Content) is { } parsed ? XmpPacket.Sanitize(parsed, extended is null ? null : XmpPacket.TryParse(extended.Content), orientation) : null;
            if (Xmp is null)
            {
                _dropped.Add("XMP");
            }
        }

        var datasets = blocks.Where(block => block.Kind == BlockKind.Iptc).Select(block => block.Content)
            .Concat(blocks.Where(block => block.Kind == BlockKind.Photoshop).SelectMany(block => PhotoshopResources.Read(block.Content)).Where(resource => resource.Id == PhotoshopResources.Iptc).Select(resource => resource.Content))
            .Select(content => IptcDatasets.WriteDescriptive(IptcDatasets.Read(content)))
            .FirstOrDefault(written => written.Length > 0);
        Iptc = datasets;
        if (blocks.Any(block => block.Kind == BlockKind.Photoshop && PhotoshopResources.Read(block.Content).Exists(resource => resource.Id is PhotoshopResources.Thumbnail or PhotoshopResources.OldThumbnail)))
        {
            _dropped.Add("Photoshop thumbnail");
        }
    }
}
