using Veil.Errors;
using Veil.Pipeline;

namespace Veil.Tests.Pipeline;

public sealed class OutputNamingTests : IDisposable
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(value => (byte)value)];
    private static readonly HashSet<string> Extensions = [".jpg", ".png"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_sequence_follows_the_order_of_names_and_flattens_folders()
    {
        var plan = Plan(OutputNames.Sequence, "in/b/anna.JPG", "in/a/zoe.png", "in/c.jpg");

        Assert.Equal([("a/zoe.png", "000001.png"), ("b/anna.JPG", "000002.jpg"), ("c.jpg", "000003.jpg")], plan.Items.Select(Names));
    }

    [Fact]
    public void A_hash_depends_on_the_whole_name_and_on_the_key_only()
    {
        var one = Plan(OutputNames.Hash, "in/a/anna.jpg", "in/b/anna.jpg").Items.Select(item => Names(item).Output).ToList();
        _folder.Write("in/a/0.jpg", "x"u8);
        var more = Plan(OutputNames.Hash).Items.ToDictionary(item => item.Item.Name, item => Names(item).Output);
        var otherKey = OutputPlan.Create([_folder["in"]], _folder["out"], naming: new OutputNaming(OutputNames.Hash, new byte[32], Extensions));

        Assert.Equal(2, one.Distinct().Count());
        Assert.Equal(one, [more["a/anna.jpg"], more["b/anna.jpg"]]);
        Assert.All(one, name => Assert.Matches("^[0-9a-f]{32}\\.jpg$", name));
        Assert.Empty(otherKey.Items.Select(item => Names(item).Output).Intersect(more.Values));
    }

    [Theory]
    [InlineData("photo.anna", null, "000001")]
    [InlineData("photo", null, "000001")]
    [InlineData("photo.anna", ".png", "000001.png")]
    public void An_extension_that_is_no_pictures_is_part_of_the_name_and_does_not_stay(string name, string? extension, string expected) =>
        Assert.Equal(expected, new OutputNaming(OutputNames.Sequence, Key, Extensions).NameOf(name, 0, extension));

    [Fact]
    public void Hidden_names_need_an_output_folder()
    {
        _folder.Write("a.jpg", "x"u8);

        Assert.Equal(VeilErrorCode.InvalidOption, Assert.Throws<VeilException>(() =>
            OutputPlan.Create([_folder["a.jpg"]], _folder["b.jpg"], naming: new OutputNaming(OutputNames.Hash, Key, Extensions))).Code);
    }

    [Fact]
    public void The_journal_knows_an_input_again_but_holds_nothing_of_its_name_size_or_time()
    {
        var planned = Plan(OutputNames.Sequence, "in/anna.jpg").Items[0];
        var failed = new ItemResult(planned.Item, planned.Target, ItemStatus.Failed)
        {
            Error = new ItemError("UnreadableInput", "open", $"Access to the path '{planned.Item.Path}' is denied.", "look at anna.jpg"),
        };
        var naming = new OutputNaming(OutputNames.Sequence, Key, Extensions);
        using (var journal = RunJournal.Open(_folder["out"], "options", naming))
        {
            journal.Add(failed);
            journal.Add(failed with { Status = ItemStatus.Done, Error = null });
        }

        _folder.Write("out/000001.jpg", "result"u8);
        var text = File.ReadAllText(RunJournal.PathIn(_folder["out"]));
        Assert.DoesNotContain("anna", text, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder.FullPath, text, StringComparison.Ordinal);
        Assert.DoesNotContain(new FileInfo(planned.Item.Path).LastWriteTimeUtc.Ticks.ToString(System.Globalization.CultureInfo.InvariantCulture), text, StringComparison.Ordinal);
        using (var journal = RunJournal.Open(_folder["out"], "options", naming))
        {
            Assert.True(journal.HasDone(planned));
        }

        // Another file that takes the same number is not taken for the one that was done.
        _folder.Write("in/aaron.jpg", "x"u8);
        using (var journal = RunJournal.Open(_folder["out"], "options", naming))
        {
            Assert.False(journal.HasDone(Plan(OutputNames.Sequence).Items[0]));
        }
    }

    [Fact]
    public void A_short_name_is_hidden_as_a_word_and_leaves_other_words_alone()
    {
        var item = new MediaItem("/photos/a", "a", MediaItemOrigin.Found) { ReportedName = "000001" };

        Assert.Equal("Access to the path '000001' is denied; '000001'.", item.Redact("Access to the path '/photos/a' is denied; 'a'."));
    }

    private static (string Input, string Output) Names(PlannedItem planned)
    {
        Assert.Equal(planned.Item.ReportedName, Path.GetFileName(planned.Target));
        return (planned.Item.Name, planned.Item.ReportedName);
    }

    private OutputPlan Plan(OutputNames names, params string[] files)
    {
        foreach (var file in files)
        {
            _folder.Write(file, "x"u8);
        }

        return OutputPlan.Create([_folder["in"]], _folder["out"], naming: new OutputNaming(names, Key, Extensions));
    }
}
