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
}
