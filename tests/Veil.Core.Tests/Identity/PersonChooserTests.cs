using FsCheck;
using FsCheck.Fluent;
using Veil.Errors;
using Veil.Identity;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Tests.Identity;

public sealed class PersonChooserTests
{
    private static readonly PersonPolicy Policy = new() { Threshold = 0.9f, Margin = 0.5f };
    private static readonly Region First = PaintedFaces.Region(10, 20);
    private static readonly Region Second = PaintedFaces.Region(110, 20);
    private static readonly Region Third = PaintedFaces.Region(210, 20);

    [Fact]
    public void Except_leaves_clear_who_is_listed_and_hides_strangers_and_doubtful_faces()
    {
        using var frame = PaintedFaces.Frame((First, PaintedFaces.Anna), (Second, PaintedFaces.Stranger), (Third, PaintedFaces.Doubtful));

        var choice = Chooser(PersonRule.Except).Choose(frame, [First, Second, Third], default);

        Assert.Equal([Second, Third], choice.Hidden);
        Assert.Equal(new PersonCounts(1, 1, 1, 1), choice.Counts);
    }

    [Fact]
    public void Only_hides_who_is_listed_and_doubtful_faces_and_says_who_is_who()
    {
        using var frame = PaintedFaces.Frame((First, PaintedFaces.Ben), (Second, PaintedFaces.Stranger), (Third, PaintedFaces.Doubtful));

        var choice = Chooser(PersonRule.Only).Choose(frame, [First, Second, Third], default);

        Assert.Equal([First with { Person = 1 }, Third], choice.Hidden);
        Assert.Equal(new PersonCounts(1, 1, 1, 1), choice.Counts);
    }

    public static TheoryData<PersonRule, string> UnsureFaces()
    {
        var data = new TheoryData<PersonRule, string>();
        foreach (var rule in new[] { PersonRule.Only, PersonRule.Except })
        {
            foreach (var flaw in new[] { "no landmarks", "too small", "cut off", "turned", "one spot", "not a number", "head", "body", "blurred" })
            {
                data.Add(rule, flaw);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(UnsureFaces))]
    public void A_face_that_cannot_be_seen_well_is_hidden_by_either_rule(PersonRule rule, string flaw)
    {
        var face = PaintedFaces.Region(110, 20);
        face = flaw switch
        {
            "no landmarks" => face with { Landmarks = null },
            "too small" => PaintedFaces.Region(110, 20, FaceReader.SmallestSide - 1),
            "cut off" => PaintedFaces.Region(-12, 20),
            "turned" => face with { Landmarks = face.Landmarks! with { Nose = face.Landmarks.LeftEye, RightEye = face.Landmarks.Nose } },
            "one spot" => face with { Landmarks = face.Landmarks!.Map(_ => new(50, 50)) },
            "not a number" => face with { Landmarks = face.Landmarks! with { Nose = new(float.NaN, 3) } },
            "head" => face with { Kind = RegionKind.Head },
            "body" => face with { Kind = RegionKind.Body },
            _ => face,
        };
        foreach (var colour in new[] { PaintedFaces.Anna, PaintedFaces.Stranger })
        {
            using var frame = flaw == "blurred" ? Flat(colour) : PaintedFaces.Frame((face, colour));

            var choice = Chooser(rule).Choose(frame, [face], default);

            Assert.Equal([face], choice.Hidden);
            Assert.Equal(0, choice.Counts.Clear);
        }
    }

    [Fact]
    public void A_face_without_direction_is_hidden()
    {
        using var frame = PaintedFaces.Frame((First, PaintedFaces.Stranger));
        var chooser = new PersonChooser(PersonRule.Only, Gallery(), Policy, new FaceReader(_ => null));

        Assert.Equal([First], chooser.Choose(frame, [First], default).Hidden);
    }

    [Fact]
    public void A_clear_face_that_may_be_found_twice_shares_the_doubt_in_any_order()
    {
        // The same face once with points and once without; a third box hangs on the first.
        var twin = First with { Landmarks = null, Box = First.Box.Offset(12, 5) };
        var neighbour = PaintedFaces.Region(55, 20);
        using var frame = PaintedFaces.Frame((First, PaintedFaces.Anna), (neighbour, PaintedFaces.Anna), (Third, PaintedFaces.Anna));

        foreach (var order in new Region[][] { [First, twin, neighbour, Third], [Third, neighbour, First, twin], [twin, Third, neighbour, First] })
        {
            var choice = Chooser(PersonRule.Except).Choose(frame, order, default);

            Assert.DoesNotContain(choice.Hidden, region => region.Box == Third.Box);
            Assert.Equal(3, choice.Hidden.Count);
            Assert.Equal(1, choice.Counts.Clear);
        }
    }

    [Fact]
    public void The_number_of_another_list_is_not_kept()
    {
        using var frame = PaintedFaces.Frame((First, PaintedFaces.Stranger));

        Assert.Null(Chooser(PersonRule.Except).Choose(frame, [First with { Person = 7 }], default).Hidden[0].Person);
    }

    [Fact]
    public void A_network_that_fails_is_not_taken_for_a_stranger()
    {
        using var frame = PaintedFaces.Frame((First, PaintedFaces.Stranger));
        var chooser = new PersonChooser(PersonRule.Only, Gallery(), Policy, new FaceReader(_ => throw new VeilException(VeilErrorCode.DetectionFailed, "no")));

        Assert.Throws<VeilException>(() => chooser.Choose(frame, [First], default));
    }

    [Fact]
    public void Whatever_the_similarity_only_one_verdict_leaves_a_face_clear() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte>(), ArbMap.Default.ArbFor<byte>(), (red, blue) =>
        {
            var colour = new Rgb((byte)(red / 2 + 64), 128, (byte)(blue / 2 + 64));
            using var frame = PaintedFaces.Frame((First, colour));
            var reading = new FaceReader(PaintedFaces.Embed).Read(frame, First);
            var verdict = reading.Embedding is { } face ? Policy.Judge(Gallery().Nearest(face).Similarity) : PersonVerdict.Undecided;

            return Chooser(PersonRule.Except).Choose(frame, [First], default).Hidden.Count == (verdict == PersonVerdict.Listed ? 0 : 1)
                && Chooser(PersonRule.Only).Choose(frame, [First], default).Hidden.Count == (verdict == PersonVerdict.Stranger ? 0 : 1);
        }).QuickCheckThrowOnFailure();

    private static PersonGallery Gallery() => new([[PaintedFaces.Of(PaintedFaces.Anna)], [PaintedFaces.Of(PaintedFaces.Ben)]]);

    private static PersonChooser Chooser(PersonRule rule) => new(rule, Gallery(), Policy, new FaceReader(PaintedFaces.Embed));

    private static Frame Flat(Rgb colour)
    {
        var pixels = new PixelBuffer(PaintedFaces.Width, PaintedFaces.Height, PixelFormat.Rgb24);
        for (var y = 0; y < pixels.Height; y++)
        {
            System.Runtime.InteropServices.MemoryMarshal.Cast<byte, Rgb>(pixels.Row(y)).Fill(colour);
        }

        return new Frame(pixels, 0, TimeSpan.Zero);
    }
}
