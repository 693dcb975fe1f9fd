using Veil.Pipeline;
using Veil.Studio.Projects;

namespace Veil.Studio.Tests.Projects;

public sealed class RunMeterTests
{
    [Fact]
    public void Pictures_count_as_one_and_films_by_their_frames()
    {
        var time = new FakeTime();
        var meter = new RunMeter(time);
        meter.Expect("picture", 0, 1);
        meter.Expect("film", 0, 99);
        Assert.Equal((0, null, null), meter.Read());
        meter.Set("film", 1, 99);
        time.Advance(TimeSpan.FromSeconds(5));
        meter.Set("film", 50, 99);
        var (share, rate, left) = meter.Read();
        Assert.Equal(0.5, share);
        Assert.InRange(rate!.Value, 9, 11);
        Assert.InRange(left!.Value.TotalSeconds, 4.5, 5.5);
    }

    [Fact]
    public void What_is_gone_through_once_more_takes_nothing_back_and_what_begins_anew_does()
    {
        var meter = new RunMeter(new FakeTime());
        meter.Expect("film", 0, 100);
        meter.Set("film", 60, 100);
        meter.Set("film", 10, 100);
        Assert.Equal(0.6, meter.Read().Share);
        meter.PutBack("film");
        Assert.Equal(0, meter.Read().Share);
    }

    [Fact]
    public void What_is_made_and_then_checked_is_half_done_when_it_is_made()
    {
        var (told, item) = (new List<int>(), new MediaItem("/film", "film", MediaItemOrigin.Named));
        var passes = new TwoPasses(new Heard(told));
        foreach (var done in new[] { 0, 50, 100, 1, 50, 100 })
        {
            passes.Report(new ItemProgress(item, done, 100));
        }

        Assert.Equal([0, 25, 50, 50, 75, 100], told);
    }

    [Fact]
    public void What_was_done_before_says_nothing_about_speed()
    {
        var time = new FakeTime();
        var meter = new RunMeter(time);
        meter.Expect("a", 1, 1);
        meter.Expect("b", 0, 1);
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal((0.5, null, null), meter.Read());
        meter.End("b");
        Assert.Equal(1, meter.Read().Share);
    }

    private sealed class Heard(List<int> told) : IProgress<ItemProgress>
    {
        public void Report(ItemProgress value) => told.Add(value.Done);
    }
}
