using Veil.Evaluation.Privacy;

namespace Veil.Evaluation.Tests.Privacy;

public sealed class PrivacySettingsTests
{
    private static readonly PrivacySettings Usual = new() { Networks = [] };

    [Theory]
    [InlineData(1000, 0.005, 400)]
    [InlineData(350, 0.005, 350)]
    [InlineData(3000, 0.001, 2000)]
    public void As_many_people_are_drawn_as_a_target_takes_and_there_are(int people, double share, int drawn)
    {
        var settings = Usual.ToShow(Archive(people), share);
        Assert.Equal(drawn, settings.People);
        Assert.InRange(settings.Draws * drawn, 20 * drawn, Usual.Draws * 272);
    }

    [Theory]
    [InlineData(1000, null)]
    [InlineData(1000, 0.01)]
    [InlineData(1000, 0.0)]
    [InlineData(200, 0.005)]
    [InlineData(500, 0.001)]
    public void Where_nothing_is_gained_the_usual_draw_stays(int people, double? share) => Assert.Equal(Usual, Usual.ToShow(Archive(people), share));

    private static FaceArchive Archive(int people) =>
        new(ArchiveLayout.Aligned, [.. Enumerable.Range(0, 2 * people).Select(picture => new ArchiveFace("", picture / 2, null!, null, null!))], [], []);
}
