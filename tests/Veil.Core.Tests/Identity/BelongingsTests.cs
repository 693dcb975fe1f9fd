using Veil.Identity;
using Veil.Regions;

namespace Veil.Tests.Identity;

public sealed class BelongingsTests
{
    private static readonly Box Anna = new(40, 20, 60, 45);
    private static readonly Box Body = new(20, 10, 80, 210);

    [Fact]
    public void Head_and_body_of_a_clear_face_stay_clear() =>
        Assert.Equal(
            [true, true, true],
            Clear(One(RegionKind.Face, Anna, clear: true), One(RegionKind.Body, Body), One(RegionKind.Head, new Box(36, 10, 64, 50))));

    public static TheoryData<string> Doubts() => ["hidden", "none", "far behind", "two faces", "low", "aside", "outside", "two bodies", "plate"];

    [Theory]
    [MemberData(nameof(Doubts))]
    public void A_body_that_may_be_somebody_elses_is_hidden(string doubt)
    {
        List<JudgedRegion> judged = [.. doubt switch
        {
            "hidden" => [One(RegionKind.Face, Anna)],
            "far behind" => [One(RegionKind.Face, new Box(46, 15, 54, 25), clear: true)],
            "none" => [One(RegionKind.Face, Anna.Offset(300, 0), clear: true)],
            "two faces" => [One(RegionKind.Face, Anna, clear: true), One(RegionKind.Face, new Box(70, 100, 90, 120))],
            "low" => [One(RegionKind.Face, Anna.Offset(0, 80), clear: true)],
            "aside" => [One(RegionKind.Face, Anna.Offset(20, 0), clear: true)],
            "outside" => [One(RegionKind.Face, Anna.Offset(0, -40), clear: true)],
            "two bodies" => [One(RegionKind.Face, Anna, clear: true), One(RegionKind.Body, Body.Offset(15, 5))],
            _ => new[] { One(RegionKind.Face, Anna, clear: true) },
        }];
        judged.Add(One(doubt == "plate" ? RegionKind.Plate : RegionKind.Body, Body));

        Assert.False(Clear([.. judged])[^1]);
    }

    [Fact]
    public void A_face_hidden_as_a_possible_double_takes_its_body_along()
    {
        var choice = PersonChooser.Decide([One(RegionKind.Face, Anna, clear: true), One(RegionKind.Face, Anna.Offset(2, 0)), One(RegionKind.Body, Body)]);

        Assert.Equal(3, choice.Hidden.Count);
    }

    private static bool[] Clear(params JudgedRegion[] regions)
    {
        List<JudgedRegion> judged = [.. regions];
        Belongings.Decide(judged);
        return [.. judged.Select(one => one.Clear)];
    }

    private static JudgedRegion One(RegionKind kind, Box box, bool clear = false) =>
        new(new Region(box, kind, 1, new RegionOrigin(RegionSource.Hand)), clear ? PersonVerdict.Listed : PersonVerdict.Undecided, clear);
}
