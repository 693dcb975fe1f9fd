using Veil.Evaluation.Statistics;

namespace Veil.Evaluation.Tests.Statistics;

public sealed class ShareIntervalTests
{
    [Fact]
    public void Wilsons_interval_is_that_of_his_formula()
    {
        var share = new ShareInterval(81, 263);
        Assert.Equal(0.308, share.Share, 3);
        Assert.Equal(0.2553, share.Low, 4); // Newcombe, Two-sided confidence intervals for the single proportion, 1998, table I.
        Assert.Equal(0.3662, share.High, 4);
    }

    [Fact]
    public void At_the_ends_it_stays_a_share_and_without_trials_it_says_nothing()
    {
        Assert.Equal((0.0, 1.0), (new ShareInterval(0, 9).Low, new ShareInterval(9, 9).High));
        Assert.Equal((0.0, 0.0, 1.0), (new ShareInterval(0, 0).Share, new ShareInterval(0, 0).Low, new ShareInterval(0, 0).High));
    }
}
