using Veil.Video.Live;

namespace Veil.Video.Tests.Live;

public sealed class LiveQueueTests
{
    private static readonly LiveTiming Timing = new(TimeSpan.FromMilliseconds(40), 1);

    private readonly Veil.Video.Planar.FramePool _pool = MarkedFrames.Pool();

    [Fact]
    public void A_full_queue_refuses()
    {
        using var queue = new LiveQueue();

        for (var i = 0; i < Timing.MostWaiting; i++)
        {
            Assert.True(queue.TryAdd(Frame(i)));
        }

        Assert.False(queue.TryAdd(Frame(Timing.MostWaiting)));
    }

    [Fact]
    public void Frames_that_were_decided_do_not_pile_up_while_a_search_hangs()
    {
        using var queue = new LiveQueue();
        for (var i = 0; i < 1000; i++)
        {
            Assert.True(queue.TryAdd(Frame(i)));
            if (i > 0)
            {
                var shown = queue.TakeShown();
                shown.Decide();
                shown.Release();
            }
        }

        Assert.Equal(999, queue.TakeToSearch(out var waiting)!.Frame.Index);
        Assert.Equal(0, waiting);
    }

    [Fact]
    public void Both_lines_keep_their_order()
    {
        using var queue = new LiveQueue();
        queue.TryAdd(Frame(0));
        queue.TryAdd(Frame(1));
        queue.End();

        Assert.Equal(0, queue.TakeToSearch(out var waiting)!.Frame.Index);
        Assert.Equal(1, waiting);
        Assert.Equal(0, queue.WaitToShow(CancellationToken.None)!.Frame.Index);
        Assert.Equal(0, queue.TakeShown().Frame.Index);
        Assert.Equal(1, queue.WaitToShow(CancellationToken.None)!.Frame.Index);
        queue.TakeShown();
        Assert.Null(queue.WaitToShow(CancellationToken.None));
    }

    private LiveFrame Frame(int index) => new(MarkedFrames.Frame(_pool, index, 0, 0), TimeSpan.Zero, 0, Timing);
}
