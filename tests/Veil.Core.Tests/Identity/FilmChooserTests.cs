using Veil.Identity;
using Veil.Regions;

namespace Veil.Tests.Identity;

public sealed class FilmChooserTests
{
    private const int Reach = 4;
    private static readonly PersonPolicy Policy = new() { Threshold = 0.9f, Margin = 0.5f };
    private static readonly Region Face = PaintedFaces.Region(10, 20) with { Track = 3 };

    [Fact]
    public void A_track_of_somebody_listed_is_clear_where_sure_frames_lie_before_and_after()
    {
        // Doubtful at the start and the end, and in the middle.
        var clear = Clear(PersonRule.Except, "?AAA?AAA??");

        Assert.Equal("-+++++++--", clear);
    }

    [Fact]
    public void Who_is_contradicted_once_is_hidden_all_around()
    {
        Assert.Equal("++----------++", Clear(PersonRule.Except, "AAAAAASSAAAAAA"));
        Assert.Equal("++---------++", Clear(PersonRule.Only, "SSSSSSASSSSSS"));
    }

    [Fact]
    public void A_verdict_or_two_are_not_enough()
    {
        Assert.Equal("-----", Clear(PersonRule.Except, "?AA??"));
        Assert.Equal("-+++-", Clear(PersonRule.Except, "?AAA?"));
    }

    [Fact]
    public void Frames_to_which_a_face_was_only_carried_are_undecided()
    {
        Assert.Equal("+++++++++", Clear(PersonRule.Except, "AAAttAAAA"));
        Assert.Equal("+++-----", Clear(PersonRule.Except, "AAAttttt"));
    }

    [Fact]
    public void Somebody_hidden_keeps_the_number_in_the_frames_around()
    {
        var taken = Run(PersonRule.Only, "SSSSASSSS");

        Assert.All(taken, choice => Assert.Equal(0, Assert.Single(choice.Hidden).Person));
    }

    [Fact]
    public void Every_frame_comes_out_once_and_no_more_are_kept_than_the_reach()
    {
        Assert.Equal(30, Run(PersonRule.Except, new string('A', 30)).Count);
        Assert.Empty(Run(PersonRule.Except, ""));
    }

    private static string Clear(PersonRule rule, string film) => string.Concat(Run(rule, film).Select(choice => choice.Hidden.Count == 0 ? '+' : '-'));

    private static List<PersonChoice> Run(PersonRule rule, string film)
    {
        var people = new PersonChooser(rule, new PersonGallery([[PaintedFaces.Of(PaintedFaces.Anna)]]), Policy, new FaceReader(PaintedFaces.Embed));
        using var chooser = new FilmChooser(people, Reach);
        List<PersonChoice> taken = [];
        for (var i = 0; i < film.Length; i++)
        {
            var colour = film[i] switch { 'S' => PaintedFaces.Stranger, '?' => PaintedFaces.Doubtful, _ => PaintedFaces.Anna };
            var face = film[i] == 't' ? Face with { Origin = new RegionOrigin(RegionSource.Track, "test") } : Face;
            chooser.Add(PaintedFaces.Frame((face, colour)), [face], default);
            Take();
            Assert.InRange(i + 1 - taken.Count, 0, Reach);
        }

        chooser.Complete();
        Take();
        return taken;

        void Take()
        {
            while (chooser.TryTake() is var (frame, choice))
            {
                frame.Dispose();
                taken.Add(choice);
            }
        }
    }
}
