using Veil.Errors;
using Veil.Pipeline;

namespace Veil.Tests.Pipeline;

public class TimedProcessorTests
{
    private static readonly MediaItem Item = new("/a", "a", MediaItemOrigin.Found);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly FakeTime _time = new();

    [Fact]
    public void An_item_in_time_is_done()
    {
        using var processor = new TimedProcessor(_ => new Step(_ => { }), Limit, _time);

        Assert.Equal(ItemStatus.Done, processor.Process(Item, null, CancellationToken.None).Status);
    }

    [Fact]
    public async Task An_item_that_heeds_the_limit_fails_and_the_processor_is_kept()
    {
        var made = 0;
        using var started = new SemaphoreSlim(0);
        using var processor = new TimedProcessor(
            _ => new Step(
                stop =>
                {
                    started.Release();
                    stop.WaitHandle.WaitOne();
                },
                ++made),
            Limit, _time);

        Assert.Equal(nameof(VeilErrorCode.TimedOut), (await PastLimitAsync(processor, started)).Error!.Code);
        await PastLimitAsync(processor, started);
        Assert.Equal(1, made);
    }

    [Fact]
    public async Task An_item_that_heeds_nothing_fails_and_the_next_gets_a_new_processor()
    {
        using var started = new SemaphoreSlim(0);
        using var release = new ManualResetEventSlim();
        using var late = new ManualResetEventSlim();
        var made = 0;
        using (var processor = new TimedProcessor(
            _ => new Step(
                _ =>
                {
                    if (made == 1)
                    {
                        started.Release();
                        release.Wait(CancellationToken.None);
                        late.Set();
                    }
                },
                ++made),
            Limit, _time))
        {
            var run = PastLimitAsync(processor, started);
            await Eventually.TrueAsync(() =>
            {
                // It gets some time to heed the limit, from when it is told.
                _time.Advance(Limit);
                return run.IsCompleted;
            });
            var error = (await run).Error!;
            Assert.Equal(nameof(VeilErrorCode.TimedOut), error.Code);
            Assert.Contains("--isolate", error.Hint, StringComparison.Ordinal);
            Assert.Equal(ItemStatus.Done, processor.Process(Item, null, CancellationToken.None).Status);
        }

        Assert.Equal(2, made);
        release.Set();
        Assert.True(late.Wait(Eventually.Patience));
    }

    [Fact]
    public void A_frame_that_is_done_gives_the_item_new_time()
    {
        using var processor = new TimedProcessor(
            startAnew => new Step(stop =>
            {
                for (var frame = 0; frame < 5; frame++)
                {
                    _time.Advance(0.9 * Limit);
                    stop.ThrowIfCancellationRequested();
                    startAnew();
                }
            }),
            Limit, _time);

        Assert.Equal(ItemStatus.Done, processor.Process(Item, null, CancellationToken.None).Status);
    }

    [Fact]
    public void Abandoning_the_run_is_no_time_out()
    {
        using var cancel = new CancellationTokenSource();
        using var processor = new TimedProcessor(
            _ => new Step(stop =>
            {
                cancel.Cancel();
                stop.WaitHandle.WaitOne();
            }),
            Limit, _time);

        Assert.Throws<OperationCanceledException>(() => processor.Process(Item, null, cancel.Token));
    }

    private async Task<ItemResult> PastLimitAsync(TimedProcessor processor, SemaphoreSlim started)
    {
        var run = Task.Factory.StartNew(() => processor.Process(Item, null, CancellationToken.None), TaskCreationOptions.LongRunning);
        Assert.True(await started.WaitAsync(Eventually.Patience));
        _time.Advance(Limit);
        return await run;
    }

    private sealed class Step(Action<CancellationToken> work, int number = 0) : IItemProcessor
    {
        public int Number { get; } = number;

        public ItemResult Process(MediaItem item, string? target, CancellationToken cancellationToken)
        {
            work(cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            return new ItemResult(item, target, ItemStatus.Done);
        }

        public void Dispose()
        {
        }
    }
}
