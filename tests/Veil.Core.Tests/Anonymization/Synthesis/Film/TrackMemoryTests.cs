using Veil.Anonymization.Synthesis.Film;

namespace Veil.Tests.Anonymization.Synthesis.Film;

public sealed class TrackMemoryTests
{
    [Fact]
    public void A_track_keeps_what_it_had_while_it_is_seen()
    {
        var memory = new TrackMemory<object>(_ => new object());
        memory.Next();
        var (first, other) = (memory.Of(1), memory.Of(2));
        for (var frame = 0; frame < 3 * TrackMemory<object>.Patience; frame++)
        {
            memory.Next();
            Assert.Same(first, memory.Of(1));
        }

        Assert.NotSame(first, other);
        Assert.NotSame(other, memory.Of(2));
    }

    [Fact]
    public void Memory_does_not_grow_with_the_film()
    {
        var memory = new TrackMemory<object>(_ => new object());
        for (var frame = 0; frame < 5000; frame++)
        {
            memory.Next();
            memory.Of(frame);
            memory.Of(frame + 1);
            Assert.InRange(memory.Count, 1, TrackMemory<object>.Patience + 2);
        }
    }

    [Fact]
    public void A_frame_with_a_great_many_people_does_not_make_it_grow_either()
    {
        var memory = new TrackMemory<object>(_ => new object());
        memory.Next();
        for (var track = 0; track < TrackMemory<object>.Most + 10; track++)
        {
            memory.Of(track);
        }

        Assert.Equal(TrackMemory<object>.Most, memory.Count);
    }
}
