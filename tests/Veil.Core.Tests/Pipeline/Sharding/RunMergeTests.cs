using Veil.Errors;
using Veil.Pipeline;
using Veil.Pipeline.Sharding;

namespace Veil.Tests.Pipeline.Sharding;

public sealed class RunMergeTests : IDisposable
{
    private static readonly string[] Names = ["test/t1", "train/a", "train/bad", "train/c", "train/d", "labels/all.json", "train/c.json"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_closed_run_has_every_file_its_checksum_and_what_became_of_it()
    {
        var run = new SampleRun(_folder, 2);
        var manifest = run.Begin(Names);
        WorkAll(run, manifest);

        var merged = new RunMerge(run.Folder, manifest).Close(CancellationToken.None);

        Assert.Equal((3, 1, 2, 1, 1), (merged.Anonymized, merged.Originals, merged.Labels, merged.Failed, merged.Unrecognised));
        Assert.Equal(1, merged.Splits["val"].LeftOut);
        Assert.Equal(File.ReadAllBytes(_folder["in/train/c.json"]), File.ReadAllBytes(_folder["out/train/c.json"]));
        Assert.Equal("content of test/t1", File.ReadAllText(_folder["out/test/t1"]));
        Assert.False(File.Exists(_folder["out/train/bad"]));
        Assert.True(Shell.Run(_folder["out"], "sha256sum -c --strict SHA256SUMS && [ $(wc -l < SHA256SUMS) = 7 ]"));
        var report = File.ReadAllText(run.Folder.Report);
        Assert.Contains("Expected better.", report, StringComparison.Ordinal);
        Assert.Contains("cache.bin", report, StringComparison.Ordinal);
        Assert.Contains("\"test\"", report[report.IndexOf("\"originals\": [", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public void Names_with_line_ends_and_backslashes_are_checked_by_sha256sum()
    {
        var run = new SampleRun(_folder, 1);
        var manifest = run.Begin("a\nb", "c\\d");
        WorkAll(run, manifest);

        new RunMerge(run.Folder, manifest).Close(CancellationToken.None);

        Assert.True(Shell.Run(_folder["out"], "sha256sum -c --strict SHA256SUMS"));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(9)]
    public void Any_number_of_shards_and_any_interruption_give_the_same_bytes(int shards)
    {
        var whole = new SampleRun(_folder, 1);
        var manifest = whole.Begin(Names);
        WorkAll(whole, manifest);
        new RunMerge(whole.Folder, manifest).Close(CancellationToken.None);
        var expected = Results();
        Directory.Delete(_folder["out"], recursive: true);

        var run = new SampleRun(_folder, shards);
        manifest = run.Begin(Names);
        foreach (var shard in Shard.All(shards).Reverse())
        {
            run.Work(manifest, shard, most: 1);
            using (var journal = File.OpenWrite(run.Folder.Journal(shard)))
            {
                // Power was lost amid a line.
                journal.SetLength(Math.Max(1, journal.Length - 3));
            }

            Directory.CreateDirectory(_folder["out/train"]);
            File.WriteAllText(TemporaryFile.For(run.Folder.Target("train/a")), "half");
        }

        WorkAll(run, manifest);
        new RunMerge(run.Folder, manifest).Close(CancellationToken.None);

        Assert.Equal(expected, Results());
    }

    [Fact]
    public void Closing_again_changes_nothing()
    {
        var run = new SampleRun(_folder, 2);
        var manifest = run.Begin(Names);
        WorkAll(run, manifest);
        new RunMerge(run.Folder, manifest).Close(CancellationToken.None);
        var before = Results();

        new RunMerge(run.Folder, manifest).Close(CancellationToken.None);

        Assert.Equal(before, Results());
    }

    [Fact]
    public void A_run_with_something_left_is_not_closed_and_the_shards_are_named()
    {
        var run = new SampleRun(_folder, 3);
        var manifest = run.Begin(Names);
        run.Work(manifest, new Shard(1, 3));
        run.Work(manifest, new Shard(2, 3), most: 1);

        var error = Assert.Throws<VeilException>(() => new RunMerge(run.Folder, manifest).Close(CancellationToken.None));

        Assert.Equal(VeilErrorCode.UnfinishedRun, error.Code);
        Assert.Contains("2/3 (stopped, 1 left), 3/3 (waiting, 2 left)", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(run.Folder.Report));
        Assert.DoesNotContain(_folder.Files(), file => file.EndsWith(".veil-tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void An_output_that_is_gone_is_noticed_and_made_again()
    {
        var run = new SampleRun(_folder, 2);
        var manifest = run.Begin(Names);
        WorkAll(run, manifest);
        File.Delete(_folder["out/train/c"]);
        File.WriteAllText(_folder["out/train/a"], "short");

        Assert.Contains("2 files", Assert.Throws<VeilException>(() => new RunMerge(run.Folder, manifest).Close(CancellationToken.None)).Message, StringComparison.Ordinal);

        WorkAll(run, manifest);
        Assert.Equal(3, new RunMerge(run.Folder, manifest).Close(CancellationToken.None).Anonymized);
    }

    [Fact]
    public void Nothing_is_left_in_the_output_of_a_picture_that_fails_after_it_had_been_done()
    {
        var run = new SampleRun(_folder, 1);
        var manifest = run.Begin("bad", "c");
        _folder.Write("out/bad", "an earlier result"u8);
        WorkAll(run, manifest);

        new RunMerge(run.Folder, manifest).Close(CancellationToken.None);

        Assert.False(File.Exists(_folder["out/bad"]));
    }

    [Fact]
    public void A_label_file_that_is_gone_fails_alone()
    {
        var run = new SampleRun(_folder, 1);
        var manifest = run.Begin("a", "b.json");
        File.Delete(_folder["in/b.json"]);
        WorkAll(run, manifest);

        Assert.Equal((1, 0, 1), (new RunMerge(run.Folder, manifest).Close(CancellationToken.None) is var merged ? merged.Anonymized : 0, merged.Labels, merged.Failed));
    }

    [Fact]
    public void A_journal_of_another_run_is_refused_and_stays_as_it_is()
    {
        var run = new SampleRun(_folder, 1);
        var manifest = run.Begin("a");
        File.WriteAllText(run.Folder.Journal(Shard.Whole), "{\"options\":\"other\"}\n{\"index\":0}\n");

        Assert.Equal(VeilErrorCode.InvalidOption, Assert.Throws<VeilException>(() => WorkAll(run, manifest)).Code);
        Assert.Equal("{\"options\":\"other\"}\n{\"index\":0}\n", File.ReadAllText(run.Folder.Journal(Shard.Whole)));
    }

    [Fact]
    public void A_journal_of_another_version_is_refused()
    {
        var run = new SampleRun(_folder, 1);
        var manifest = run.Begin("a");
        WorkAll(run, manifest);
        var path = run.Folder.Journal(Shard.Whole);
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal));

        Assert.Equal(VeilErrorCode.InvalidOption, Assert.Throws<VeilException>(() => WorkAll(run, manifest)).Code);
    }

    [Fact]
    public void Two_processes_do_not_write_one_journal()
    {
        var run = new SampleRun(_folder, 1);
        var manifest = run.Begin("a");
        using var held = RunJournal.OpenShard(run.Folder.Journal(Shard.Whole), $"{manifest.Sha256}:{Shard.Whole}");

        Assert.Equal(VeilErrorCode.UnwritableOutput, Assert.Throws<VeilException>(() => WorkAll(run, manifest)).Code);
    }

    [Fact]
    public void A_journal_can_be_read_while_it_is_written()
    {
        var run = new SampleRun(_folder, 1);
        var manifest = run.Begin("a", "b");
        run.Work(manifest, Shard.Whole, most: 1);
        using var held = RunJournal.OpenShard(run.Folder.Journal(Shard.Whole), $"{manifest.Sha256}:{Shard.Whole}");

        var status = RunStatus.Read(run.Folder, manifest, TimeProvider.System);

        Assert.Equal((1, 1), (status.Done, status.Left));
    }

    private static void WorkAll(SampleRun run, RunManifest manifest)
    {
        foreach (var shard in Shard.All(manifest.Header.Shards))
        {
            run.Work(manifest, shard);
        }
    }

    private Dictionary<string, string> Results() => _folder.Files()
        .Where(file => file.StartsWith("out/", StringComparison.Ordinal) && !file.StartsWith("out/.veil/", StringComparison.Ordinal))
        .ToDictionary(file => file, file => Convert.ToHexString(File.ReadAllBytes(_folder[file])));
}
