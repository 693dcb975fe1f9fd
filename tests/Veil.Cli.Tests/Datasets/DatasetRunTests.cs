using System.Diagnostics;
using System.Text.RegularExpressions;
using Veil.Datasets.Tests;

namespace Veil.Tests.Datasets;

public sealed class DatasetRunTests : IDisposable
{
    private static readonly string[] Quick = ["--find", "image", "--method", "solid"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("cityscapes", nameof(Samples.Cityscapes), "^(left|right)Img8bit/", "camera_trainvaltest.zip")]
    [InlineData("bdd100k", nameof(Samples.Bdd), "^images/")]
    [InlineData("bdd100k", nameof(Samples.BddFirst), "^images/")]
    [InlineData("coco", nameof(Samples.Coco), "^(train|val)2017/")]
    [InlineData("voc", nameof(Samples.Voc), "/JPEGImages/")]
    [InlineData("yolo", nameof(Samples.Yolo), "^images/")]
    public void Every_label_comes_out_byte_by_byte_and_every_picture_under_its_name(string format, string sample, string pictures, params string[] unrecognised)
    {
        using var tree = (Tree)typeof(Samples).GetMethod(sample)!.Invoke(null, null)!;

        Run(format, tree.Root, "--shard", "1/3").Exits(0);
        Run(format, tree.Root, "--shard", "2/3").Exits(0);
        Run(format, tree.Root, "--shard", "3/3").Exits(0);
        VeilProcess.Run("dataset", "merge", _folder["out"]).Exits(0);

        var written = Trees.Names(_folder["out"]).Except(["SHA256SUMS", "veil-items.jsonl", "veil-report.json"]).ToList();
        Assert.Equal(tree.Files.Except(unrecognised), written);
        Assert.Contains(written, name => Regex.IsMatch(name, pictures));
        Assert.Contains(written, name => !Regex.IsMatch(name, pictures));
        foreach (var name in written.Where(name => !Regex.IsMatch(name, pictures)))
        {
            Assert.True(File.ReadAllBytes(Path.Combine(tree.Root, name)).AsSpan().SequenceEqual(File.ReadAllBytes(_folder["out/" + name])), $"{name} is not what it was.");
        }

        Assert.True(Shell.Run(_folder["out"], "sha256sum -c --strict SHA256SUMS"));
    }

    [Fact]
    public void Shards_that_are_killed_again_and_again_give_the_same_bytes_as_one_that_is_not()
    {
        var names = Enumerable.Range(0, 30).Select(i => $"in/train/{(i % 3 == 0 ? "cat" : "dog")}/{i:00}.jpg").Append("in/test/cat/a.jpg").ToArray();
        People.CopyTo(_folder, names);
        _folder.Write("in/train/dog/29.jpg", "no picture"u8);
        string[] options = ["--method", "gaussian", "--other-splits", "copy", "--jobs", "2"];
        VeilProcess.Run(["dataset", "anonymize", "image-folders", _folder["in"], "-o", _folder["whole"], .. options]).Exits(1);

        var random = new Random(7);
        for (var round = 0; round < 5; round++)
        {
            // Two machines, of which one has to wait for the other's list of files, and both are killed at any moment.
            var (first, second) = (Start("1/2"), Start("2/2"));
            Thread.Sleep(random.Next(300, 2500));
            Kill(first);
            Kill(second);
        }

        VeilProcess.Run(["dataset", "anonymize", "image-folders", _folder["in"], "-o", _folder["out"], .. options, "--shard", "1/2"]);
        VeilProcess.Run(["dataset", "anonymize", "image-folders", _folder["in"], "-o", _folder["out"], .. options, "--shard", "2/2"]);
        Assert.Contains("FAILED", VeilProcess.Run("dataset", "merge", _folder["out"]).Exits(1).Errors, StringComparison.Ordinal);

        Trees.Same(_folder["whole"], _folder["out"]);
        Assert.DoesNotContain(_folder.Files(), file => file.EndsWith(".veil-tmp", StringComparison.Ordinal) || file.EndsWith(".lease", StringComparison.Ordinal));

        Process Start(string shard)
        {
            var process = VeilProcess.Start(new Dictionary<string, string>(), ["dataset", "anonymize", "image-folders", _folder["in"], "-o", _folder["out"], .. options, "--shard", shard]);
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            return process;
        }

        static void Kill(Process process)
        {
            using (process)
            {
                process.Kill();
                process.WaitForExit();
            }
        }
    }

    [Fact]
    public void In_classification_the_test_split_stays_out_or_original_and_that_is_said()
    {
        People.CopyTo(_folder, "in/train/cat/a.jpg", "in/test/cat/b.jpg");

        Assert.Contains("split 'test' is not in the output", Run("image-folders", _folder["in"]).Exits(0).Errors, StringComparison.Ordinal);
        Assert.Equal(["train/cat/a.jpg"], Pictures("out"));

        var copied = VeilProcess.Run(["dataset", "anonymize", "image-folders", _folder["in"], "-o", _folder["copied"], "--other-splits", "copy", .. Quick]).Exits(0);
        Assert.Contains("split 'test' holds 1 ORIGINALS", copied.Errors, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(_folder["in/test/cat/b.jpg"]), File.ReadAllBytes(_folder["copied/test/cat/b.jpg"]));
        Assert.NotEqual(File.ReadAllBytes(_folder["in/train/cat/a.jpg"]), File.ReadAllBytes(_folder["copied/train/cat/a.jpg"]));
        Assert.Contains("\"originals\": [\n    \"test\"", File.ReadAllText(_folder["copied/veil-report.json"]), StringComparison.Ordinal);

        VeilProcess.Run(["dataset", "anonymize", "image-folders", _folder["in"], "-o", _folder["both"], "--splits", "train,test", .. Quick]).Exits(0);
        Assert.Equal(["test/cat/b.jpg", "train/cat/a.jpg"], Pictures("both"));
        Assert.NotEqual(File.ReadAllBytes(_folder["in/test/cat/b.jpg"]), File.ReadAllBytes(_folder["both/test/cat/b.jpg"]));
    }

    [Fact]
    public void A_missing_and_an_unreadable_picture_fail_alone_and_are_named()
    {
        using var tree = Samples.Coco();
        File.Delete(Path.Combine(tree.Root, "train2017", "000000000001.png"));
        tree.Bytes("train2017/000000000002.png", [1, 2, 3]);

        var run = Run("coco", tree.Root).Exits(1);

        Assert.Contains("000000000001.png: FAILED (UnreadableInput", run.Errors, StringComparison.Ordinal);
        Assert.Contains("000000000002.png: FAILED (NotAPicture", run.Errors, StringComparison.Ordinal);
        Assert.Equal(["val2017/000000000003.png"], Pictures("out"));
        var report = File.ReadAllText(_folder["out/veil-report.json"]);
        Assert.Contains("train2017/000000000001.png", report, StringComparison.Ordinal);
        Assert.Contains("\"failed\": 2", report, StringComparison.Ordinal);

        // Mended, the same command does what is missing.
        tree.Picture("train2017/000000000001.png").Picture("train2017/000000000002.png");
        Run("coco", tree.Root).Exits(0);
        Assert.Equal(3, Pictures("out").Count);
    }

    [Fact]
    public void Another_run_another_number_of_shards_and_foreign_files_are_refused_and_nothing_is_changed()
    {
        People.CopyTo(_folder, "in/train/cat/a.jpg", "in/train/cat/b.jpg");
        Run("image-folders", _folder["in"], "--shard", "1/2").Exits(0);
        var before = _folder.Files();

        Assert.Contains("it has 2 shards, and 3 were asked for now", Run("image-folders", _folder["in"], "--shard", "1/3").Exits(2).Errors, StringComparison.Ordinal);
        Assert.Contains("quality was 'as the input' and is now '50'", Run("image-folders", _folder["in"], "--shard", "1/2", "--quality", "50").Exits(2).Errors, StringComparison.Ordinal);
        Assert.Contains("2/2 (waiting, 1 left)", VeilProcess.Run("dataset", "merge", _folder["out"]).Exits(1).Errors, StringComparison.Ordinal);
        Assert.Equal(before, _folder.Files());

        Assert.Contains("lie in each other", VeilProcess.Run(["dataset", "anonymize", "image-folders", _folder["in"], "-o", _folder["in/out"], .. Quick]).Exits(2).Errors, StringComparison.Ordinal);
        Assert.Contains("lie in each other", VeilProcess.Run(["dataset", "anonymize", "image-folders", _folder["in"], "-o", _folder.FullPath, .. Quick]).Exits(2).Errors, StringComparison.Ordinal);
        _folder.Write("foreign/x.jpg", "mine"u8);
        Assert.Contains("of no run", VeilProcess.Run(["dataset", "anonymize", "image-folders", _folder["in"], "-o", _folder["foreign"], .. Quick]).Exits(2).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--format", "png", "names of the pictures")]
    [InlineData("--splits", "validation", "There is no split 'validation'")]
    [InlineData("--shard", "0/2", "counted from 1")]
    [InlineData("--regions", "annotations", "say nothing about that")]
    public void A_mistake_is_explained_before_anything_is_written(string option, string value, string because)
    {
        People.CopyTo(_folder, "in/train/cat/a.jpg");

        var run = Run("image-folders", _folder["in"], option, value).Exits(2);

        Assert.Contains(because, run.Errors, StringComparison.Ordinal);
        Assert.Empty(Pictures("out"));
    }

    [Fact]
    public void An_indexed_job_names_the_shard_and_the_command_line_wins_over_it()
    {
        People.CopyTo(_folder, "in/train/cat/a.jpg", "in/train/cat/b.jpg");
        var environment = new Dictionary<string, string> { ["JOB_COMPLETION_INDEX"] = "1", ["JOB_COMPLETIONS"] = "2" };

        var second = VeilProcess.Run([], environment, ["dataset", "anonymize", "image-folders", _folder["in"], "-o", _folder["out"], .. Quick]).Exits(0);
        Assert.Contains("shard 2/2, from the Kubernetes job", second.Errors, StringComparison.Ordinal);
        Assert.Equal(["train/cat/b.jpg"], Pictures("out"));

        VeilProcess.Run([], environment, ["dataset", "anonymize", "image-folders", _folder["in"], "-o", _folder["all"], "--shard", "1/1", .. Quick]).Exits(0);
        Assert.Equal(2, Pictures("all").Count);
    }

    [Fact]
    public void A_full_disk_ends_the_run_and_the_same_command_goes_on_when_there_is_room()
    {
        People.CopyTo(_folder, [.. Enumerable.Range(0, 8).Select(i => $"in/train/cat/{i}.jpg")]);
        string[] command = ["dataset", "anonymize", "image-folders", _folder["in"], "--method", "gaussian", "-o"];
        VeilProcess.Run([.. command, _folder["whole"]]).Exits(0);
        var needed = Directory.EnumerateFiles(_folder["whole"], "*.jpg", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
        if (!Shell.Run(_folder.FullPath, $"mkdir disk && mount -t tmpfs -o size={needed / 2} none disk"))
        {
            // Only root may mount, and not everywhere.
            return;
        }

        try
        {
            Assert.NotEqual(0, VeilProcess.Run([.. command, _folder["disk/out"]]).ExitCode);
            Assert.True(Shell.Run(_folder.FullPath, "mount -o remount,size=64m disk"));

            VeilProcess.Run([.. command, _folder["disk/out"]]).Exits(0);

            Trees.Same(_folder["whole"], _folder["disk/out"]);
        }
        finally
        {
            Shell.Run(_folder.FullPath, "umount disk");
        }
    }

    [Fact]
    public void Isolated_workers_give_the_same_bytes()
    {
        People.CopyTo(_folder, "in/train/cat/a.jpg", "in/train/cat/b.jpg");
        Run("image-folders", _folder["in"]).Exits(0);

        VeilProcess.Run(["dataset", "anonymize", "image-folders", _folder["in"], "-o", _folder["isolated"], "--isolate", .. Quick]).Exits(0);

        Trees.Same(_folder["out"], _folder["isolated"]);
    }

    [Fact]
    public void The_kubernetes_job_says_its_number_of_shards_alike_in_all_places()
    {
        var job = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "deploy", "kubernetes", "job.yaml"));

        var completions = Regex.Match(job, "completions: ([0-9]+)").Groups[1].Value;

        Assert.Contains($"parallelism: {completions}\n", job, StringComparison.Ordinal);
        Assert.Contains($"{{ name: {Veil.Pipeline.Sharding.ShardEnvironment.KubernetesCompletions}, value: \"{completions}\" }}", job, StringComparison.Ordinal);
    }

    private VeilProcess Run(string format, string root, params string[] more) => VeilProcess.Run(["dataset", "anonymize", format, root, "-o", _folder["out"], .. Quick, .. more]);

    private List<string> Pictures(string folder) => Directory.Exists(_folder[folder]) ? [.. Trees.Names(_folder[folder]).Where(name => name.EndsWith(".jpg", StringComparison.Ordinal) || name.EndsWith(".png", StringComparison.Ordinal))] : [];
}
