using System.Security.Cryptography;
using System.Text.Json;
using Veil.Errors;

namespace Veil.Pipeline.Sharding;

/// <summary>
/// Everything that a run consists of, as it was when the run began: what comes to the dataset later is not part of it.
/// Immutable; enumerations read the file.
/// </summary>
public sealed class RunManifest
{
    private const int EndBytes = 512;
    private readonly RunFolder _folder;

    private RunManifest(RunFolder folder, ManifestHeader header, ManifestTotals totals, string sha256) =>
        (_folder, Header, Items, LeftOut, Sha256) = (folder, header, totals.Items, totals.LeftOut, sha256);

    /// <summary>What the shards agree on.</summary>
    public ManifestHeader Header { get; }

    /// <summary>Number of items.</summary>
    public long Items { get; }

    /// <summary>Number of files that are not part of the output.</summary>
    public long LeftOut { get; }

    /// <summary>Hash of all but the last line, lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>Reads the first and the last line.</summary>
    /// <param name="folder">The run.</param>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: it is of another version or damaged; <see cref="VeilErrorCode.UnreadableInput"/>.</exception>
    public static RunManifest? Open(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        try
        {
            using var file = File.OpenRead(folder.Manifest);
            if (!new LineReader(file).TryRead(out var first))
            {
                throw Damaged(folder);
            }

            using var header = JsonDocument.Parse(first);
            if (header.RootElement.GetProperty("manifest").GetInt32() is not ManifestJson.Version and var version)
            {
                throw new VeilException(VeilErrorCode.InvalidOption, $"The manifest '{folder.Manifest}' is of version {version}; this Veil reads version {ManifestJson.Version}.", "Go on with the Veil that began the run, or choose another output folder.");
            }

            using var end = JsonDocument.Parse(LastLine(file) ?? throw Damaged(folder));
            return new RunManifest(
                folder, ManifestJson.ReadHeader(header.RootElement),
                new ManifestTotals(end.RootElement.GetProperty("items").GetInt64(), end.RootElement.GetProperty("leftOut").GetInt64()),
                end.RootElement.GetProperty("sha256").GetString()!);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw Damaged(folder, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(folder, error);
        }
    }

    /// <summary>The items of a shard, in order. The whole file is read, and its hash compared at the end.</summary>
    /// <param name="shard">The part wanted.</param>
    /// <exception cref="VeilException">While enumerating: <see cref="VeilErrorCode.InvalidOption"/>: it is damaged; <see cref="VeilErrorCode.UnreadableInput"/>.</exception>
    public IEnumerable<ManifestEntry> ItemsOf(Shard shard) =>
        Lines().Where(line => line.Item >= 0 && shard.Owns(line.Item)).Select(line => Read(() => ManifestJson.ReadEntry(line.Bytes.Span, line.Item)));

    /// <summary>The files that are not part of the output. The whole file is read.</summary>
    /// <exception cref="VeilException">As <see cref="ItemsOf"/>.</exception>
    public IEnumerable<LeftOutFile> LeftOutFiles() =>
        Lines().Where(line => line.Item < 0 && ManifestJson.IsLeftOut(line.Bytes.Span)).Select(line => Read(() => ManifestJson.ReadLeftOut(line.Bytes.Span)));

    // The last line is known, so it is not among these.
    private IEnumerable<(ReadOnlyMemory<byte> Bytes, long Item)> Lines()
    {
        using var file = Read(() => new FileStream(_folder.Manifest, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (lines, items, leftOut) = (new LineReader(file), 0L, 0L);
        hash.AppendData((Next() ?? throw Damaged(_folder)).Span);
        while ((items < Items || leftOut < LeftOut) && Next() is { } line)
        {
            hash.AppendData(line.Span);
            if (ManifestJson.IsItem(line.Span))
            {
                yield return (line, items++);
            }
            else if (ManifestJson.IsLeftOut(line.Span))
            {
                leftOut++;
                yield return (line, -1);
            }
        }

        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != Sha256)
        {
            throw Damaged(_folder);
        }

        ReadOnlyMemory<byte>? Next() => Read(() => lines.TryRead(out var line) ? line : (ReadOnlyMemory<byte>?)null);
    }

    private T Read<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw Damaged(_folder, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(_folder, error);
        }
    }

    private static ReadOnlyMemory<byte>? LastLine(FileStream file)
    {
        var bytes = new byte[Math.Min(EndBytes, file.Length)];
        file.Seek(-bytes.Length, SeekOrigin.End);
        file.ReadExactly(bytes);
        var before = bytes.AsSpan(0, bytes.Length - 1).LastIndexOf((byte)'\n');
        return before >= 0 && bytes[^1] == '\n' ? bytes.AsMemory(before + 1) : (ReadOnlyMemory<byte>?)null;
    }

    private static VeilException Damaged(RunFolder folder, Exception? cause = null) => new(
        VeilErrorCode.InvalidOption, $"The manifest '{folder.Manifest}' is damaged: it is not as it was written.", "Nothing was changed. Choose another output folder, and begin the run anew.", cause);

    private static VeilException Unreadable(RunFolder folder, Exception cause) =>
        new(VeilErrorCode.UnreadableInput, $"The manifest '{folder.Manifest}' cannot be read: {cause.Message}", "Check that the output folder is mounted, and that you may read it.", cause);
}
