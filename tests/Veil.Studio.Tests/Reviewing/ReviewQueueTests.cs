using Veil.Studio.Projects;
using Veil.Studio.Reviewing;

namespace Veil.Studio.Tests.Reviewing;

public sealed class ReviewQueueTests
{
    private static readonly Project Project = new("p", "Holiday", DateTimeOffset.UnixEpoch)
    {
        Items =
        [
            Item("sure", 0), Item("weak", 0.5, DoubtReason.WeakDetection), Item("missed", 0.6, DoubtReason.NothingFound), Item("clear", 0.3, DoubtReason.SomebodyClear),
            Item("seen", 0.9, DoubtReason.VerifyFinding) with { LookedAt = true }, Item("broken", 0) with { State = ItemState.Failed }, Item("waiting", 0) with { State = ItemState.Waiting },
        ],
    };

    [Fact]
    public void Failures_come_first_then_doubts_then_names() =>
        Assert.Equal(["broken", "seen", "missed", "weak", "clear", "sure", "waiting"], ReviewQueue.Of(Project, ReviewFilter.All).Select(item => item.Id));

    [Theory]
    [InlineData("missed,weak,clear", nameof(ReviewFilter.NeedsALook))]
    [InlineData("clear", nameof(ReviewFilter.SomebodyClear))]
    [InlineData("broken", nameof(ReviewFilter.Failed))]
    public void Filters_show_what_they_say(string expected, string filter) =>
        Assert.Equal(expected, string.Join(',', ReviewQueue.Of(Project, Enum.Parse<ReviewFilter>(filter)).Select(item => item.Id)));

    [Theory]
    [InlineData("missed", "weak", "clear")]
    [InlineData("clear", "missed", "weak")]
    [InlineData("waiting", "missed", "clear")]
    [InlineData("seen", "missed", "clear")]
    public void Beside_an_item_is_the_nearest_that_needs_a_look_around_the_end(string from, string next, string previous)
    {
        Assert.Equal(next, ReviewQueue.Beside(Project, from, ReviewWay.Next)!.Id);
        Assert.Equal(previous, ReviewQueue.Beside(Project, from, ReviewWay.Previous)!.Id);
    }

    [Fact]
    public void Beside_the_only_one_is_nothing()
    {
        var one = Project with { Items = [Item("weak", 0.5, DoubtReason.WeakDetection)] };
        Assert.Null(ReviewQueue.Beside(one, "weak", ReviewWay.Next));
    }

    private static ProjectItem Item(string id, double doubtfulness, params DoubtReason[] reasons) =>
        new(id, id + ".jpg", "/" + id, ItemKind.Picture) { State = ItemState.Ready, Doubtfulness = doubtfulness, Doubts = [.. reasons.Select(reason => new Doubt(reason, 0))] };
}
