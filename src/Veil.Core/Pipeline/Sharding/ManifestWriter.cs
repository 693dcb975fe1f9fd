using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Veil.Errors;

namespace Veil.Pipeline.Sharding;

/// <summary>
/// Writes the manifest of a run: once, before the first item, and whole or not at all. Entries go straight to the disk, so a
/// run may have any number of them. Disposing it before <see cref="Complete"/> leaves nothing. Not thread-safe.
/// </summary>
public sealed class ManifestWriter : IDisposable
{
    private const int BufferBytes = 1 << 16;
    private readonly RunFolder _folder;
    private readonly string _temporary;
    private readonly FileStream _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Utf8JsonWriter _json;
    private string _last = "";
    private ManifestTotals _totals;

    /// <summary>Begins a manifest under a temporary name.</summary>
    /// <param name="folder">The run; its hidden folder is there.</param>
    /// <param name="header">What the shards agree on.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnwritableOutput"/>.</exception>
    public ManifestWriter(RunFolder folder, ManifestHeader header)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(header);
        _folder = folder;
        _temporary = TemporaryFile.For(folder.Manifest);
        _json = ManifestJson.Writer(_line);
        _file = Guarded(() => new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes));
        ManifestJson.Write(_json, header);
        EndLine();
    }

    /// <summary>Adds an item; its number is the place in the order of adding.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidDataset"/>: the name is there already.</exception>
    public void Add(ManifestEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        RefuseSecond(entry);
        RefuseUnsafe(entry.File);
        ManifestJson.Write(_json, entry);
        EndLine();
        _totals = _totals with { Items = _totals.Items + 1 };
    }

    /// <summary>Adds a file that is not part of the output.</summary>
    public void Add(LeftOutFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        ManifestJson.Write(_json, file);
        EndLine();
        _totals = _totals with { LeftOut = _totals.LeftOut + 1 };
    }

    /// <summary>Puts the manifest in its place, unless another process was first.</summary>
    /// <returns>The one that is in its place now.</returns>
    /// <exception cref="VeilException">
    /// <see cref="VeilErrorCode.UnwritableOutput"/>; <see cref="VeilErrorCode.InvalidDataset"/>: another process was first, and saw other files.
    /// </exception>
    public RunManifest Complete()
    {
        var sha256 = Convert.ToHexStringLower(_hash.GetHashAndReset());
        ManifestJson.Write(_json, _totals, sha256);
        EndLine();
        Guarded(() =>
        {
            _file.Flush(flushToDisk: true);
            _file.Dispose();
            try
            {
                // A link under the new name, which fails where there is one already: one step on every file system, NFS too.
                File.Move(_temporary, _folder.Manifest, overwrite: false);
            }
            catch (IOException) when (File.Exists(_folder.Manifest))
            {
                File.Delete(_temporary);
            }

            return true;
        });
        var manifest = RunManifest.Open(_folder) ?? throw new VeilException(VeilErrorCode.UnwritableOutput, $"The manifest '{_folder.Manifest}' is gone again.", "Start the run again.");
        return manifest.Sha256 == sha256 ? manifest : throw new VeilException(
            VeilErrorCode.InvalidDataset, "Another shard has listed the dataset at the same time, and saw other files or other options.", "Let the dataset rest while a run begins, then start this shard again.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _json.Dispose();
        _hash.Dispose();
        File.Delete(_temporary);
    }

    // Readers list pictures, and then other files, in order: a second one of a name comes right behind the first.
    private void RefuseSecond(ManifestEntry entry)
    {
        if (entry.File == _last)
        {
            throw new VeilException(VeilErrorCode.InvalidDataset, $"The dataset has '{entry.File}' twice, and both would be written to one file.", "Rename one of them, or mend the list that names it twice.");
        }

        _last = entry.File;
    }

    private static void RefuseUnsafe(string file)
    {
        var parts = file.Split('/', '\\');
        if (parts.Any(part => part is "" or "." or "..") || parts[0].Equals(".veil", StringComparison.OrdinalIgnoreCase) || Path.IsPathRooted(file) || RunFolder.IsReserved(file))
        {
            throw new VeilException(VeilErrorCode.InvalidDataset, $"Expected a file below the dataset's folder, but it names '{file}'.", "Rename it in the dataset and its lists.");
        }
    }

    private void EndLine()
    {
        _json.Flush();
        _json.Reset();
        _line.Write("\n"u8);
        _hash.AppendData(_line.WrittenSpan);
        Guarded(() =>
        {
            _file.Write(_line.WrittenSpan);
            return true;
        });
        _line.ResetWrittenCount();
    }

    private T Guarded<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, $"The manifest of the run cannot be written in '{_folder.Path}': {error.Message}", "Choose a folder with room that you may write to.", error);
        }
    }
}
