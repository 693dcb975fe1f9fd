using System.Text.Json;
using Veil.Errors;

namespace Veil.Pipeline.Sharding;

/// <summary>What came of a run.</summary>
/// <param name="Splits">Counts by split, in order of name; the empty name stands for what belongs to none.</param>
/// <param name="Labels">Label files that were copied.</param>
/// <param name="Failed">Items that failed.</param>
/// <param name="Unrecognised">Files that are neither pictures nor labels and were left out.</param>
public sealed record MergedRun(IReadOnlyDictionary<string, SplitCounts> Splits, long Labels, long Failed, long Unrecognised)
{
    /// <summary>Pictures that were anonymized.</summary>
    public long Anonymized => Splits.Values.Sum(split => split.Anonymized);

    /// <summary>Pictures that were copied as they are.</summary>
    public long Originals => Splits.Values.Sum(split => split.Originals);
}

/// <summary>Pictures of a split.</summary>
/// <param name="Anonymized">Anonymized.</param>
/// <param name="Originals">Copied as they are.</param>
/// <param name="Failed">Failed: not in the output.</param>
/// <param name="LeftOut">Files not in the output since the split was not chosen.</param>
/// <param name="Regions">Regions found.</param>
/// <param name="WithoutRegions">Anonymized pictures in which nothing was found.</param>
public readonly record struct SplitCounts(long Anonymized, long Originals, long Failed, long LeftOut, long Regions, long WithoutRegions);

/// <summary>
/// Closes a run: checks that each item of the manifest is done or has failed, and writes what became of each, the checksums
/// and the report. All three are the same bytes however often the run was stopped and whatever its number of shards; closing
/// again writes them again. Uses 13 bytes of memory an item.
/// </summary>
/// <param name="folder">The run.</param>
/// <param name="manifest">Its manifest.</param>
public sealed class RunMerge(RunFolder folder, RunManifest manifest)
{
    private readonly SortedDictionary<string, SplitCounts> _splits = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, double> _milliseconds = new(StringComparer.Ordinal);
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly List<(long Number, string File, string Split)> _failed = [];
    private long _labels;

    /// <summary>Closes the run.</summary>
    /// <param name="cancellationToken">Abandons it; nothing is changed then.</param>
    /// <exception cref="VeilException">
    /// <see cref="VeilErrorCode.UnfinishedRun"/>: items are left, or an output is gone; <see cref="VeilErrorCode.UnreadableInput"/>,
    /// <see cref="VeilErrorCode.UnwritableOutput"/>.
    /// </exception>
    public MergedRun Close(CancellationToken cancellationToken)
    {
        var shards = Shard.All(manifest.Header.Shards).Select(shard => ShardResults.Read(folder.Journal(shard), shard, manifest.Items)).ToList();
        try
        {
            RefuseUnfinished();
            using var items = new OutputFile(folder.Items, OverwritePolicy.Replace, durability: OutputDurability.Synced).Begin();
            using var checksums = new OutputFile(folder.Checksums, OverwritePolicy.Replace, durability: OutputDurability.Synced).Begin();
            Write(items.Path, itemLines => Write(checksums.Path, checksumLines => ReadAll(shards, itemLines, checksumLines, cancellationToken)));
            Append(checksums.Path, ChecksumLine.Of(OutputSeal.Of(items.Path).Sha256, Path.GetFileName(folder.Items)));
            var merged = new MergedRun(_splits, _labels, _failed.Count, CountLeftOut(cancellationToken));
            using var report = new OutputFile(folder.Report, OverwritePolicy.Replace, durability: OutputDurability.Synced).Begin();
            var hash = OutputSeal.Of(checksums.Path).Sha256;
            Write(report.Path, stream => MergeReport.Write(stream, manifest, merged, hash, Failures(shards), cancellationToken));
            ClearAway([items.Path, checksums.Path, report.Path]);

            // The report last: a run that has one is closed.
            items.Complete();
            checksums.Complete();
            report.Complete();
            return merged;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, $"The run in '{folder.Output}' cannot be closed: {error.Message}", "Mend that and close it again; nothing is lost.", error);
        }
        finally
        {
            shards.ForEach(shard => shard.Dispose());
        }
    }

    private void RefuseUnfinished()
    {
        var open = RunStatus.Read(folder, manifest, TimeProvider.System).Shards.Where(shard => shard.Activity != ShardActivity.Finished).ToList();
        if (open.Count > 0)
        {
            const int named = 20;
            var list = string.Join(", ", open.Take(named).Select(shard => $"{shard.Shard} ({shard.Activity.ToString().ToLowerInvariant()}, {shard.Left} left)"));
            throw new VeilException(
                VeilErrorCode.UnfinishedRun, $"{open.Count} of {manifest.Header.Shards} shards are not finished: {list}{(open.Count > named ? ", …" : "")}.",
                "Start them again with the same options and --shard; each goes on where it stopped.");
        }
    }

    private void ReadAll(List<ShardResults> shards, Stream items, Stream checksums, CancellationToken cancellationToken)
    {
        var gone = new List<string>();
        foreach (var entry in manifest.ItemsOf(Shard.Whole))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var line = shards[(int)(entry.Number % shards.Count)].Line(entry.Number);
            var (root, target) = (line.RootElement, folder.Target(entry.File));
            _folders.Add(Path.GetDirectoryName(target)!);
            var result = root.GetProperty("result");
            if (result.GetProperty("file").GetString() != entry.File)
            {
                throw new VeilException(VeilErrorCode.UnreadableInput, $"Expected '{entry.File}' in its shard's journal, but there is '{result.GetProperty("file").GetString()}'.", "The journals are of another run; begin this one anew in another folder.");
            }

            var done = shards[(int)(entry.Number % shards.Count)].StateOf(entry.Number) == ItemState.Done;
            if (done && (new FileInfo(target) is not { Exists: true } file || file.Length != root.GetProperty("bytes").GetInt64()))
            {
                gone.Add(entry.File);
                continue;
            }

            Count(entry, result, done);
            if (done)
            {
                checksums.Write(ChecksumLine.Of(root.GetProperty("sha256").GetString()!, entry.File));
            }

            if (entry.Treatment != ItemTreatment.CopyLabels || !done)
            {
                MergedItem.Write(items, entry, result);
            }
        }

        if (gone.Count > 0)
        {
            throw new VeilException(
                VeilErrorCode.UnfinishedRun, $"{gone.Count} files that were done are gone from the output folder or have another size, e.g. '{gone[0]}'.", "Start the shards again: they make what is missing once more.");
        }
    }

    private void Count(ManifestEntry entry, JsonElement result, bool done)
    {
        var counts = _splits.GetValueOrDefault(entry.Split);
        if (!done)
        {
            _failed.Add((entry.Number, entry.File, entry.Split));
            _splits[entry.Split] = counts with { Failed = counts.Failed + 1 };
        }
        else if (entry.Treatment == ItemTreatment.CopyLabels)
        {
            _labels++;
        }
        else if (entry.Treatment == ItemTreatment.CopyOriginal)
        {
            _splits[entry.Split] = counts with { Originals = counts.Originals + 1 };
        }
        else
        {
            var regions = result.GetProperty("frames").EnumerateArray().Sum(frame => frame.GetProperty("regions").GetArrayLength());
            _splits[entry.Split] = counts with
            {
                Anonymized = counts.Anonymized + 1, Regions = counts.Regions + regions, WithoutRegions = counts.WithoutRegions + (regions == 0 ? 1 : 0),
            };
        }

        foreach (var step in result.GetProperty("milliseconds").EnumerateObject())
        {
            _milliseconds[step.Name] = _milliseconds.GetValueOrDefault(step.Name) + step.Value.GetDouble();
        }
    }

    private long CountLeftOut(CancellationToken cancellationToken)
    {
        var unrecognised = 0L;
        foreach (var file in manifest.LeftOut > 0 ? manifest.LeftOutFiles() : [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (file.Reason == LeftOutReason.Unrecognised)
            {
                unrecognised++;
            }
            else
            {
                var counts = _splits.GetValueOrDefault(file.Split);
                _splits[file.Split] = counts with { LeftOut = counts.LeftOut + 1 };
            }
        }

        return unrecognised;
    }

    private IEnumerable<(string File, string Split, JsonElement Error)> Failures(List<ShardResults> shards)
    {
        foreach (var (number, file, split) in _failed)
        {
            using var line = shards[(int)(number % shards.Count)].Line(number);
            yield return (file, split, line.RootElement.GetProperty("result").GetProperty("error"));
        }
    }

    /// <summary>What failed has no output, not even one of an earlier attempt; what killed processes left half-written goes, too.</summary>
    private void ClearAway(IReadOnlyCollection<string> drafts)
    {
        foreach (var (_, file, _) in _failed)
        {
            if (File.Exists(folder.Target(file)))
            {
                File.Delete(folder.Target(file));
            }
        }

        foreach (var place in _folders.Append(folder.Path).Append(folder.Output))
        {
            TemporaryFile.RemoveIn(place, drafts);
        }

        foreach (var shard in Shard.All(manifest.Header.Shards))
        {
            File.Delete(folder.Lease(shard));
            File.Delete(RunJournal.LockOf(folder.Journal(shard)));
        }

        File.Delete(folder.ManifestLease);
        using var timings = new OutputFile(folder.Timings, OverwritePolicy.Replace).Begin();
        Write(timings.Path, stream => JsonSerializer.Serialize(stream, _milliseconds.ToDictionary(step => step.Key, step => Math.Round(step.Value))));
        timings.Complete();
    }

    private static void Write(string path, Action<Stream> write)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16);
        write(stream);
    }

    private static void Append(string path, byte[] bytes)
    {
        using var stream = new FileStream(path, FileMode.Append, FileAccess.Write);
        stream.Write(bytes);
    }
}
