using Veil.Pipeline;
using Veil.Pipeline.Sharding;

namespace Veil.Tests.Pipeline.Sharding;

/// <summary>A run over small text files, whose processor doubles what a file holds; files named <c>bad…</c> fail.</summary>
internal sealed class SampleRun(TemporaryFolder place, int shards)
{
    public RunFolder Folder { get; } = new(place["out"]);

    public static ManifestHeader Header(int shards, string method = "solid") =>
        new("dataset anonymize", "folders", shards, "hash-" + method, new Dictionary<string, string> { ["method"] = method }, [new ReportedModel("m", "00", "MIT", "")], ["careful"]);

    public RunManifest Begin(params string[] files)
    {
        Directory.CreateDirectory(Folder.Path);
        foreach (var file in files)
        {
            place.Write("in/" + file, System.Text.Encoding.UTF8.GetBytes("content of " + file));
        }

        using var writer = new ManifestWriter(Folder, Header(shards));
        foreach (var file in files)
        {
            writer.Add(new ManifestEntry(file, file.EndsWith(".json", StringComparison.Ordinal) ? ItemTreatment.CopyLabels : file.StartsWith("test/", StringComparison.Ordinal) ? ItemTreatment.CopyOriginal : ItemTreatment.Anonymize, file.Contains('/', StringComparison.Ordinal) ? file.Split('/')[0] : ""));
        }

        writer.Add(new LeftOutFile("val/v", LeftOutReason.Split, "val"));
        writer.Add(new LeftOutFile("cache.bin", LeftOutReason.Unrecognised, ""));
        return writer.Complete();
    }

    /// <summary>Works on a shard; stops as if killed after a number of items.</summary>
    public void Work(RunManifest manifest, Shard shard, int most = int.MaxValue)
    {
        using var journal = RunJournal.OpenShard(Folder.Journal(shard), $"{manifest.Sha256}:{shard}");
        using var processor = new SealingProcessor(new Doubling());
        foreach (var entry in manifest.ItemsOf(shard))
        {
            var item = new MediaItem(place["in/" + entry.File], entry.File, MediaItemOrigin.Named) { Treatment = entry.Treatment, Number = entry.Number };
            var planned = new PlannedItem(item, Folder.Target(entry.File));
            if (most > 0 && !journal.HasDone(planned))
            {
                journal.Add(processor.Process(planned.Item, planned.Target, CancellationToken.None));
                most--;
            }
        }
    }

    private sealed class Doubling : IItemProcessor
    {
        public ItemResult Process(MediaItem item, string? target, CancellationToken cancellationToken)
        {
            if (Path.GetFileName(item.Name).StartsWith("bad", StringComparison.Ordinal))
            {
                return new ItemResult(item, target, ItemStatus.Failed) { Error = new ItemError("CorruptInput", "open", "Expected better.", "") };
            }

            var bytes = File.ReadAllBytes(item.Path);
            new OutputFile(target!, OverwritePolicy.Replace, durability: OutputDurability.Synced).Write([.. bytes, .. bytes]);
            return new ItemResult(item, target, ItemStatus.Done) { Info = new MediaInfo("text", ".txt", 1, 1, 1), Times = [new StepTime("open", Random.Shared.NextDouble())] };
        }

        public void Dispose()
        {
        }
    }
}
