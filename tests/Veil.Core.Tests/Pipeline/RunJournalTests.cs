using Veil.Errors;
using Veil.Pipeline;

namespace Veil.Tests.Pipeline;

public sealed class RunJournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_done_with_the_same_options_is_known_after_reopening()
    {
        Record("options-1", Planned("a", ItemStatus.Done), ItemStatus.Done);

        using var journal = RunJournal.Open(_folder["out"], "options-1");
        Assert.True(journal.HasDone(Planned("a", ItemStatus.Done)));
    }

    [Fact]
    public void Other_options_start_afresh()
    {
        Record("options-1", Planned("a", ItemStatus.Done), ItemStatus.Done);

        using var journal = RunJournal.Open(_folder["out"], "options-2");
        Assert.False(journal.HasDone(Planned("a", ItemStatus.Done)));
    }

    [Fact]
    public void A_failed_item_is_done_again()
    {
        Record("options-1", Planned("a", ItemStatus.Done), ItemStatus.Failed);

        using var journal = RunJournal.Open(_folder["out"], "options-1");
        Assert.False(journal.HasDone(Planned("a", ItemStatus.Done)));
    }

    [Fact]
    public void A_changed_input_is_done_again()
    {
        var planned = Planned("a", ItemStatus.Done);
        Record("options-1", planned, ItemStatus.Done);
        File.AppendAllText(planned.Item.Path, "more");

        using var journal = RunJournal.Open(_folder["out"], "options-1");
        Assert.False(journal.HasDone(planned));
    }

    [Fact]
    public void A_deleted_output_is_done_again()
    {
        var planned = Planned("a", ItemStatus.Done);
        Record("options-1", planned, ItemStatus.Done);
        File.Delete(planned.Target!);

        using var journal = RunJournal.Open(_folder["out"], "options-1");
        Assert.False(journal.HasDone(planned));
    }

    [Fact]
    public void A_torn_last_line_is_dropped_and_the_journal_goes_on()
    {
        var (first, second) = (Planned("a", ItemStatus.Done), Planned("b", ItemStatus.Done));
        Record("options-1", first, ItemStatus.Done);
        Record("options-1", second, ItemStatus.Done);
        var path = RunJournal.PathIn(_folder["out"]);
        using (var file = new FileStream(path, FileMode.Open))
        {
            file.SetLength(file.Length - 20);
        }

        using (var journal = RunJournal.Open(_folder["out"], "options-1"))
        {
            Assert.True(journal.HasDone(first));
            Assert.False(journal.HasDone(second));
            journal.Add(new ItemResult(second.Item, second.Target, ItemStatus.Done));
        }

        using var again = RunJournal.Open(_folder["out"], "options-1");
        Assert.True(again.HasDone(second));
        Assert.Equal(["a", "b"], again.Results().Select(result => result.RootElement.GetProperty("result").GetProperty("file").GetString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\0\0")]
    [InlineData("[]\n")]
    [InlineData("{}\n")]
    [InlineData("{\"options\":7}\n")]
    [InlineData("{\"options\":\"\\ud800\"}\n")]
    public void A_file_that_is_no_journal_starts_afresh(string content)
    {
        _folder.Write("out/.veil-journal.jsonl", System.Text.Encoding.UTF8.GetBytes(content));

        Record("options-1", Planned("a", ItemStatus.Done), ItemStatus.Done);

        using var journal = RunJournal.Open(_folder["out"], "options-1");
        Assert.True(journal.HasDone(Planned("a", ItemStatus.Done)));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"result\":{}}")]
    [InlineData("{\"result\":{\"file\":\"b\",\"status\":\"done\"},\"input\":7}")]
    [InlineData("{\"result\":{\"file\":\"\\udc00\",\"status\":\"done\"},\"input\":\"\"}")]
    public void A_line_that_means_nothing_ends_what_is_believed(string line)
    {
        Record("options-1", Planned("a", ItemStatus.Done), ItemStatus.Done);
        File.AppendAllText(RunJournal.PathIn(_folder["out"]), line + "\n");
        File.AppendAllText(RunJournal.PathIn(_folder["out"]), "\xFF\n");

        using var journal = RunJournal.Open(_folder["out"], "options-1");
        Assert.True(journal.HasDone(Planned("a", ItemStatus.Done)));
        Assert.Equal(1, journal.Count);
    }

    [Fact]
    public void A_journal_larger_than_a_buffer_is_read_back()
    {
        var items = Enumerable.Range(0, 800).Select(i => new MediaItem("/nowhere", $"{i:0000}-" + new string('x', i), MediaItemOrigin.Found)).ToList();
        using (var journal = RunJournal.Open(_folder["out"], "options-1"))
        {
            items.ForEach(item => journal.Add(new ItemResult(item, null, ItemStatus.Failed)));
        }

        using var again = RunJournal.Open(_folder["out"], "options-1");
        Assert.Equal(items.Select(item => item.Name), again.Results().Select(result => result.RootElement.GetProperty("result").GetProperty("file").GetString()));
    }

    [Fact]
    public void An_item_that_a_killed_run_was_at_is_known_and_a_finished_one_or_one_with_a_foreign_output_is_not()
    {
        var (cut, finished, foreign) = (Planned("a", ItemStatus.Failed), Planned("b", ItemStatus.Failed), Planned("c", ItemStatus.Done));
        using (var journal = RunJournal.Open(_folder["out"], "options-1"))
        {
            journal.Begin(cut);
            journal.Begin(finished);
            journal.Begin(foreign);
            journal.Add(new ItemResult(finished.Item, finished.Target, ItemStatus.Done));
        }

        using var again = RunJournal.Open(_folder["out"], "options-1");
        Assert.Equal((true, false, false), (again.WasCutOff(cut), again.WasCutOff(finished), again.WasCutOff(foreign)));
    }

    [Fact]
    public void Two_runs_do_not_share_a_folder()
    {
        using var first = RunJournal.Open(_folder["out"], "options-1");

        Assert.Equal(VeilErrorCode.UnwritableOutput, Assert.Throws<VeilException>(() => RunJournal.Open(_folder["out"], "options-1")).Code);
    }

    [Fact]
    public void A_journal_that_is_a_link_is_not_written_through()
    {
        _folder.Write("precious", "precious"u8);
        Directory.CreateDirectory(_folder["out"]);
        File.CreateSymbolicLink(RunJournal.PathIn(_folder["out"]), _folder["precious"]);

        Assert.Equal(VeilErrorCode.UnwritableOutput, Assert.Throws<VeilException>(() => RunJournal.Open(_folder["out"], "options-1")).Code);
        Assert.Equal("precious", File.ReadAllText(_folder["precious"]));
    }

    [Fact]
    public void An_input_that_changed_while_it_was_worked_on_is_done_again()
    {
        var planned = Planned("a", ItemStatus.Done);
        var stamp = RunJournal.InputStamp(planned.Item.Path);
        File.AppendAllText(planned.Item.Path, "more");
        using (var journal = RunJournal.Open(_folder["out"], "options-1"))
        {
            journal.Add(new ItemResult(planned.Item, planned.Target, ItemStatus.Done) { InputStamp = stamp });
        }

        using var again = RunJournal.Open(_folder["out"], "options-1");
        Assert.False(again.HasDone(planned));
    }

    private void Record(string options, PlannedItem planned, ItemStatus status)
    {
        using var journal = RunJournal.Open(_folder["out"], options);
        journal.Add(new ItemResult(planned.Item, planned.Target, status));
    }

    private PlannedItem Planned(string name, ItemStatus output)
    {
        if (!File.Exists(_folder[$"in/{name}"]))
        {
            _folder.Write($"in/{name}", "input"u8);
            if (output == ItemStatus.Done)
            {
                _folder.Write($"out/{name}", "output"u8);
            }
        }

        return new PlannedItem(new MediaItem(_folder[$"in/{name}"], name, MediaItemOrigin.Found), _folder[$"out/{name}"]);
    }
}
