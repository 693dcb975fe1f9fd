using Veil.Errors;
using Veil.Pipeline;
using Veil.Pipeline.Sharding;

namespace Veil.Tests.Pipeline.Sharding;

public sealed class RunManifestTests : IDisposable
{
    private static readonly string[] Names = ["train/a \"quoted\".jpg", "train/b\nline.jpg", "train/é写.jpg", "x.json"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_back_shard_by_shard()
    {
        var run = new SampleRun(_folder, 3);

        run.Begin(Names);
        var manifest = RunManifest.Open(run.Folder)!;

        Assert.Equal(4, manifest.Items);
        Assert.Null(manifest.Header.DifferenceTo(SampleRun.Header(3)));
        Assert.Equal([Names[0], Names[3]], manifest.ItemsOf(new Shard(1, 3)).Select(entry => entry.File));
        Assert.Equal([0L, 3], manifest.ItemsOf(new Shard(1, 3)).Select(entry => entry.Number));
        Assert.Equal(Names, manifest.ItemsOf(Shard.Whole).Select(entry => entry.File));
        Assert.Equal([ItemTreatment.Anonymize, ItemTreatment.CopyLabels], manifest.ItemsOf(new Shard(1, 3)).Select(entry => entry.Treatment));
        Assert.Equal(["val/v", "cache.bin"], manifest.LeftOutFiles().Select(file => file.File));
    }

    [Fact]
    public void There_is_none_before_it_is_complete_and_an_abandoned_one_leaves_nothing()
    {
        var folder = new RunFolder(_folder["out"]);
        Directory.CreateDirectory(folder.Path);
        using (var writer = new ManifestWriter(folder, SampleRun.Header(1)))
        {
            writer.Add(new ManifestEntry("a", ItemTreatment.Anonymize, ""));
            Assert.Null(RunManifest.Open(folder));
        }

        Assert.Empty(_folder.Files());
    }

    [Fact]
    public void Of_two_shards_that_list_the_same_at_once_both_get_the_one_manifest()
    {
        var run = new SampleRun(_folder, 2);

        var (first, second) = (run.Begin(Names), run.Begin(Names));

        Assert.Equal(first.Sha256, second.Sha256);
        Assert.Equal([".veil/manifest.jsonl"], _folder.Files().Where(file => file.StartsWith("out/", StringComparison.Ordinal)).Select(file => file[4..]));
    }

    [Fact]
    public void Of_two_shards_that_see_other_files_the_second_is_refused_and_the_first_stays()
    {
        var run = new SampleRun(_folder, 2);
        var first = run.Begin("a", "b");

        Assert.Equal(VeilErrorCode.InvalidDataset, Assert.Throws<VeilException>(() => run.Begin("a", "b", "c")).Code);
        Assert.Equal(first.Sha256, RunManifest.Open(run.Folder)!.Sha256);
    }

    [Theory]
    [InlineData("../a")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../b")]
    [InlineData(".veil/manifest.jsonl")]
    [InlineData("a//b")]
    [InlineData("SHA256SUMS")]
    public void Names_that_lead_elsewhere_are_refused(string name)
    {
        var folder = new RunFolder(_folder["out"]);
        Directory.CreateDirectory(folder.Path);
        using var writer = new ManifestWriter(folder, SampleRun.Header(1));

        Assert.Equal(VeilErrorCode.InvalidDataset, Assert.Throws<VeilException>(() => writer.Add(new ManifestEntry(name, ItemTreatment.Anonymize, ""))).Code);
    }

    [Fact]
    public void A_name_that_comes_twice_is_refused()
    {
        var run = new SampleRun(_folder, 1);

        Assert.Contains("'b' twice", Assert.Throws<VeilException>(() => run.Begin("a", "b", "b")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_options_and_other_shard_counts_are_told_apart_in_words()
    {
        var header = SampleRun.Header(3);

        Assert.Contains("method was 'solid' and is now 'veil'", header.DifferenceTo(SampleRun.Header(3, "veil")), StringComparison.Ordinal);
        Assert.Contains("3 shards, and 4", header.DifferenceTo(SampleRun.Header(4)), StringComparison.Ordinal);
        Assert.Contains("Veil 0.0.1", (header with { Program = "0.0.1" }).DifferenceTo(header), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train/é", "train/e")]
    [InlineData("\"manifest\":1", "\"manifest\":2")]
    [InlineData("\"items\":4", "\"items\":5")]
    public void A_manifest_that_was_changed_is_not_used(string text, string other)
    {
        var run = new SampleRun(_folder, 1);
        run.Begin(Names);
        File.WriteAllText(run.Folder.Manifest, File.ReadAllText(run.Folder.Manifest).Replace(text, other, StringComparison.Ordinal));

        var error = Assert.Throws<VeilException>(() => RunManifest.Open(run.Folder)!.ItemsOf(Shard.Whole).Count());

        Assert.Equal(VeilErrorCode.InvalidOption, error.Code);
    }

    [Fact]
    public void Half_a_manifest_is_not_used()
    {
        var run = new SampleRun(_folder, 1);
        run.Begin(Names);
        using (var file = new FileStream(run.Folder.Manifest, FileMode.Open))
        {
            file.SetLength(file.Length / 2);
        }

        Assert.Equal(VeilErrorCode.InvalidOption, Assert.Throws<VeilException>(() => RunManifest.Open(run.Folder)).Code);
    }
}
