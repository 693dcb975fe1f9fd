using Veil.Pipeline;
using Veil.Pipeline.Verification;
using Veil.Regions;

namespace Veil.Tests.Pipeline.Verification;

public sealed class VerifyingProcessorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_output_that_holds_takes_its_place_after_it_was_checked()
    {
        OutputPair? seen = null;
        var result = Process(new Writer("good"), (pair, _) =>
        {
            seen = pair;
            Assert.False(File.Exists(Target));
            Assert.Equal("good", File.ReadAllText(pair.Output));
            return Holds;
        });

        Assert.Equal(ItemStatus.Done, result.Status);
        Assert.Equal(Target, result.Target);
        Assert.Equal(OutputVerdict.Holds, result.Verification!.Verdict);
        Assert.Equal("good", File.ReadAllText(Target));
        Assert.Equal(Path.GetExtension(Target), Path.GetExtension(seen!.Output));
        Assert.Equal(["out/a.png"], _folder.Files());
    }

    [Fact]
    public void An_output_that_does_not_hold_never_appears()
    {
        var result = Process(new Writer("bad"), (_, _) => Fails);

        Assert.Equal(ItemStatus.Failed, result.Status);
        Assert.Equal("NotVerified", result.Error!.Code);
        Assert.Contains("faces: a face is as it was", result.Error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Files());
        Assert.Empty(Directory.GetDirectories(_folder["out"]));
    }

    [Fact]
    public void An_output_that_could_not_be_checked_never_appears_either()
    {
        var result = Process(new Writer("?"), (_, _) => new OutputVerification([new OutputFinding("decode", FindingTone.Unchecked, "no")]));

        Assert.Equal(ItemStatus.Failed, result.Status);
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public void It_is_made_again_until_it_holds_and_every_round_is_told()
    {
        var result = Process(
            new Writer("weak"), (pair, _) => File.ReadAllText(pair.Output) == "strong" ? Holds : Fails,
            (_, _, round) => new StrengthenedRun("round " + round, new Writer(round == 2 ? "strong" : "weak"), RegionPolicies.Default));

        Assert.Equal(ItemStatus.Done, result.Status);
        Assert.Equal(["round 1", "round 2"], result.Verification!.Rounds);
        Assert.Equal("strong", File.ReadAllText(Target));
    }

    [Fact]
    public void When_nothing_is_left_to_try_it_fails()
    {
        var result = Process(
            new Writer("weak"), (_, _) => Fails, (_, _, round) => round > 2 ? null : new StrengthenedRun("round " + round, new Writer("weak"), RegionPolicies.Default));

        Assert.Equal(ItemStatus.Failed, result.Status);
        Assert.Equal(2, result.Verification!.Rounds.Count);
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public void A_check_that_breaks_leaves_nothing()
    {
        var result = Process(new Writer("good"), (_, _) => throw new InvalidOperationException("why"));

        Assert.Equal(ItemStatus.Failed, result.Status);
        Assert.Equal("InvalidOperationException: why", result.Error!.Message);

        Assert.Empty(_folder.Files());
        Assert.Empty(Directory.GetDirectories(_folder["out"]));
    }

    [Fact]
    public void Once_it_is_cancelled_nothing_takes_its_place_any_more()
    {
        using var stop = new CancellationTokenSource();
        using var processor = new VerifyingProcessor(
            new Writer("good"),
            (_, _) =>
            {
                stop.Cancel();
                return Holds;
            },
            OverwritePolicy.Refuse);

        Assert.Throws<OperationCanceledException>(() => processor.Process(Item, Target, stop.Token));
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public void An_older_file_that_was_to_be_replaced_stays_and_is_named()
    {
        _folder.Write("out/a.png", "old"u8);
        using var processor = new VerifyingProcessor(new Writer("bad"), (_, _) => Fails, OverwritePolicy.Replace);

        Assert.Contains("older file", processor.Process(Item, Target, CancellationToken.None).Error!.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(Target));
    }

    [Fact]
    public void Where_names_are_hidden_so_are_the_originals_hash_and_its_name_in_findings()
    {
        var verification = new OutputVerification([new OutputFinding("decode", FindingTone.Note, "a.png is odd")]) { OriginalSha256 = "secret", OutputSha256 = "open" };
        Assert.Same(verification, verification.ReportedOf(Item));
        using var bytes = new MemoryStream();
        using (var json = new System.Text.Json.Utf8JsonWriter(bytes))
        {
            ItemResultJson.Write(json, new ItemResult(Item with { ReportedName = "000001.png" }, Target, ItemStatus.Done) { Verification = verification });
        }

        var text = System.Text.Encoding.UTF8.GetString(bytes.ToArray());
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("a.png", text, StringComparison.Ordinal);
        Assert.Contains("open", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Something_at_the_target_is_kept_and_nothing_is_made()
    {
        _folder.Write("out/a.png", "old"u8);

        var result = Process(new Writer("good"), (_, _) => throw new InvalidOperationException());

        Assert.Equal("OutputExists", result.Error!.Code);
        Assert.Equal("old", File.ReadAllText(Target));
    }

    [Fact]
    public void What_a_killed_run_left_unchecked_is_cleared_away()
    {
        var staged = Path.GetFileName(TemporaryFile.For(Target));
        _folder.Write($"out/{staged}/a.png", "unchecked"u8);

        TemporaryFile.RemoveIn(_folder["out"]);

        Assert.Empty(Directory.GetFileSystemEntries(_folder["out"]));
    }

    [Fact]
    public void A_verification_survives_its_way_through_journal_and_processes()
    {
        var before = new OutputVerification([new OutputFinding("faces", FindingTone.Failed, "one") { Place = new FindingPlace(3, 1, 2, 3, 4), Value = 0.5 }])
        {
            OriginalSha256 = "a", OutputSha256 = "b", Frames = 1, OriginalFaces = 2, OutputFaces = 3, FacesJudged = 4, FacesTooPoor = 5,
            Similarities = [new FaceSimilarity("sface", 0, 0.1)], Rounds = ["more"],
        };
        using var bytes = new MemoryStream();
        using (var json = new System.Text.Json.Utf8JsonWriter(bytes))
        {
            OutputVerificationJson.Write(json, before);
        }

        using var read = System.Text.Json.JsonDocument.Parse(bytes.ToArray());
        var after = OutputVerificationJson.Read(read.RootElement);

        Assert.Equal(before.Findings, after.Findings);
        Assert.Equal(before.Similarities, after.Similarities);
        Assert.Equal(before.Rounds, after.Rounds);
        Assert.Equal(
            (before.OriginalSha256, before.OutputSha256, before.Frames, before.OriginalFaces, before.OutputFaces, before.FacesJudged, before.FacesTooPoor),
            (after.OriginalSha256, after.OutputSha256, after.Frames, after.OriginalFaces, after.OutputFaces, after.FacesJudged, after.FacesTooPoor));
    }

    private MediaItem Item => new(_folder["a.png"], "a.png", MediaItemOrigin.Named);

    private string Target => _folder["out/a.png"];

    private static OutputVerification Holds { get; } = new([]);

    private static OutputVerification Fails { get; } = new([new OutputFinding("faces", FindingTone.Failed, "a face is as it was")]);

    private ItemResult Process(IItemProcessor inner, OutputVerify verify, OutputStrengthen? strengthen = null)
    {
        using var processor = new VerifyingProcessor(inner, verify, OverwritePolicy.Refuse) { Strengthen = strengthen ?? ((_, _, _) => null) };
        return processor.Process(Item, Target, CancellationToken.None);
    }

    private sealed class Writer(string text) : IItemProcessor
    {
        public ItemResult Process(MediaItem item, string? target, CancellationToken cancellationToken)
        {
            File.WriteAllText(target!, text);
            return new ItemResult(item, target, ItemStatus.Done) { Info = new MediaInfo("png", ".png", 1, 1, 1) };
        }

        public void Dispose()
        {
        }
    }
}
