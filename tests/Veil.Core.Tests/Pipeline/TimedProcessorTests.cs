using Veil.Errors;
using Veil.Pipeline;

namespace Veil.Tests.Pipeline;

public class TimedProcessorTests
{
    private static readonly MediaItem Item = new("/a", "a", MediaItemOrigin.Found);

    [Fact]
    public void An_item_in_time_is_done()
    {
        using var processor = new TimedProcessor(_ => new Step(_ => { }), TimeSpan.FromMinutes(1));

        Assert.Equal(ItemStatus.Done, processor.Process(Item, null, CancellationToken.None).Status);
    }

    [Fact]
    public void An_item_that_heeds_the_limit_fails_and_the_processor_is_kept()
    {
        var made = 0;
        using var processor = new TimedProcessor(_ => new Step(stop => stop.WaitHandle.WaitOne(), ++made), TimeSpan.FromMilliseconds(50));

        Assert.Equal(nameof(VeilErrorCode.TimedOut), processor.Process(Item, null, CancellationToken.None).Error!.Code);
        processor.Process(Item, null, CancellationToken.None);
        Assert.Equal(1, made);
    }

    [Fact]
    public void An_item_that_heeds_nothing_fails_and_the_next_gets_a_new_processor()
    {
        using var release = new ManualResetEventSlim();
        using var late = new ManualResetEventSlim();
        var made = 0;
        using (var processor = new TimedProcessor(
            _ => new Step(
                _ =>
                {
                    if (made == 1)
                    {
                        release.Wait(CancellationToken.None);
                        late.Set();
                    }
                },
                ++made),
            TimeSpan.FromMilliseconds(50)))
        {
            var error = processor.Process(Item, null, CancellationToken.None).Error!;
            Assert.Equal(nameof(VeilErrorCode.TimedOut), error.Code);
            Assert.Contains("--isolate", error.Hint, StringComparison.Ordinal);
            Assert.Equal(ItemStatus.Done, processor.Process(Item, null, CancellationToken.None).Status);
        }

        Assert.Equal(2, made);
        release.Set();
        late.Wait();
    }

    [Fact]
    public void Abandoning_the_run_is_no_time_out()
    {
        using var processor = new TimedProcessor(_ => new Step(stop => stop.WaitHandle.WaitOne()), TimeSpan.FromMinutes(1));
        using var cancel = new CancellationTokenSource(50);

        Assert.Throws<OperationCanceledException>(() => processor.Process(Item, null, cancel.Token));
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
