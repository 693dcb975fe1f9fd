using System.Globalization;
using Veil.Errors;
using Veil.Pipeline;
using Veil.Pipeline.Isolation;

namespace Veil.Tests.Pipeline.Isolation;

public sealed class IsolatedProcessorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_result_comes_back_whole()
    {
        using var processor = Create();

        var result = Process(processor, "a");

        Assert.Equal(ItemStatus.Done, result.Status);
        Assert.Equal((30, 20, "a remark", "a note"), (result.Info!.Width, result.Info.Height, result.Info.Notes[0], result.Notes[0]));
        Assert.Equal(new StepTime("open", 1.5), Assert.Single(result.Times));
        Assert.Equal(new Veil.Identity.PersonCounts(1, 2, 3, 4), result.People);
        Assert.Equal((FakeWorker.Face.Box, FakeWorker.Face.Score, FakeWorker.Face.Origin), Assert.Single(result.Frames[0].Regions) is var face ? (face.Box, face.Score, face.Origin) : default);
    }

    [Fact]
    public void One_process_serves_many_items()
    {
        using var processor = Create();
        Process(processor, "a");
        Process(processor, "b");

        Assert.Equal(File.ReadAllText(_folder["a"]), File.ReadAllText(_folder["b"]));
    }

    [Theory]
    [InlineData("crash", "signal 6")]
    [InlineData("exit", "exit code 7")]
    [InlineData("nonsense", "")]
    [InlineData("lies", "")]
    public void A_worker_that_breaks_costs_one_item(string name, string told)
    {
        using var processor = Create();
        Process(processor, "before");

        var error = Failed(Process(processor, name), VeilErrorCode.WorkerCrashed);
        Assert.Contains(told, error.Message, StringComparison.Ordinal);

        Assert.Equal(ItemStatus.Done, Process(processor, "after").Status);
        Assert.NotEqual(File.ReadAllText(_folder["before"]), File.ReadAllText(_folder["after"]));
    }

    [Fact]
    public void A_film_may_take_longer_than_the_limit_while_its_frames_get_done()
    {
        var (seen, time) = (new List<ItemProgress>(), new FakeTime());
        using var processor = new IsolatedProcessor(Command(), new WorkerLimits(TimeSpan.FromSeconds(3), null), Progress, time);

        Assert.Equal(ItemStatus.Done, Process(processor, "film").Status);

        Assert.Contains(seen, progress => progress is { Item.Name: "film", Done: > 0, Total: 8 });

        void Progress(ItemProgress progress)
        {
            seen.Add(progress);
            time.Advance(TimeSpan.FromSeconds(2));
        }
    }

    [Fact]
    public async Task A_worker_that_hangs_is_ended_at_the_limit()
    {
        var time = new FakeTime();
        using var processor = new IsolatedProcessor(Command(), new WorkerLimits(TimeSpan.FromMinutes(1), null), null, time);
        Assert.Equal(ItemStatus.Done, Process(processor, "before").Status);

        var run = Task.Factory.StartNew(() => Process(processor, "hang"), TaskCreationOptions.LongRunning);
        await Eventually.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return run.IsCompleted;
        });

        Assert.Contains("--max-seconds", Failed(await run, VeilErrorCode.TimedOut).Hint, StringComparison.Ordinal);
        Assert.Equal(ItemStatus.Done, Process(processor, "after").Status);
    }

    [Fact]
    public void A_worker_that_takes_all_memory_is_ended_at_the_limit()
    {
        using var processor = Create(new WorkerLimits(null, 600L << 20));

        Assert.Contains("600 MiB", Failed(Process(processor, "memory"), VeilErrorCode.LimitExceeded).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_killed_worker_was_writing_is_removed()
    {
        using var processor = Create();
        _folder.Write(".other.0123456789abcdef.veil-tmp", "of another"u8);

        Failed(Process(processor, "leaves half a file"), VeilErrorCode.WorkerCrashed);

        Assert.Equal([".other.0123456789abcdef.veil-tmp"], _folder.Files());
    }

    [Fact]
    public void A_failure_of_the_item_passes_through()
    {
        using var processor = Create();

        Assert.Equal("half", Failed(Process(processor, "fails"), VeilErrorCode.CorruptInput).Message);
    }

    [Fact]
    public void A_worker_with_other_options_is_not_used()
    {
        using var processor = new IsolatedProcessor(Command() with { OptionsHash = "others" }, new WorkerLimits(null, null));

        Assert.Equal(VeilErrorCode.WorkerCrashed, Assert.Throws<VeilException>(() => Process(processor, "a")).Code);
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public void A_program_that_is_no_worker_is_told()
    {
        using var processor = new IsolatedProcessor(new WorkerCommand("dotnet", ["--version"], ""), new WorkerLimits(null, null));

        Assert.Equal(VeilErrorCode.WorkerCrashed, Assert.Throws<VeilException>(() => Process(processor, "a")).Code);
        Assert.Equal(VeilErrorCode.WorkerCrashed, Assert.Throws<VeilException>(() => Process(new IsolatedProcessor(new WorkerCommand("/nowhere/worker", [], ""), new WorkerLimits(null, null)), "a")).Code);
    }

    [Fact]
    public async Task Abandoning_a_run_ends_its_worker()
    {
        using var processor = Create();
        using var cancel = new CancellationTokenSource();
        Process(processor, "before");

        var run = Task.Factory.StartNew(() => processor.Process(Item("hang"), _folder["hang"], cancel.Token), TaskCreationOptions.LongRunning);
        await Eventually.TrueAsync(() => File.Exists(_folder["hang"]));
        await cancel.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => run.WaitAsync(Eventually.Patience));
        Assert.Throws<ArgumentException>(() => System.Diagnostics.Process.GetProcessById(int.Parse(File.ReadAllText(_folder["before"]), CultureInfo.InvariantCulture)));
    }

    private static WorkerCommand Command() => new("dotnet", [typeof(FakeWorker).Assembly.Location, "worker"], FakeWorker.Options);

    private static IsolatedProcessor Create(WorkerLimits? limits = null) => new(Command(), limits ?? new WorkerLimits(null, null));

    private static MediaItem Item(string name) => new("/" + name, name, MediaItemOrigin.Found);

    private ItemResult Process(IsolatedProcessor processor, string name) =>
        processor.Process(Item(name), name == "lies" ? _folder["never written"] : _folder[name], CancellationToken.None);

    private static ItemError Failed(ItemResult result, VeilErrorCode code)
    {
        Assert.Equal(ItemStatus.Failed, result.Status);
        Assert.Equal(code.ToString(), result.Error!.Code);
        return result.Error;
    }
}
