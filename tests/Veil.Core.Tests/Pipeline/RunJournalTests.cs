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
