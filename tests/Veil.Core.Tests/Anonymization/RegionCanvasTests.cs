using Veil.Anonymization;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Core.Tests.Anonymization;

public sealed class RegionCanvasTests
{
    [Fact]
    public void The_generator_gives_the_numbers_of_its_paper()
    {
        var random = new SplitMix64(1234567);
        Assert.Equal(
            [6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL],
            new[] { random.Next(), random.Next(), random.Next() });
    }

    [Fact]
    public void A_person_keeps_a_look_along_a_track()
    {
        Assert.Equal(First(10, track: 4, seed: 1), First(300, track: 4, seed: 1));
        Assert.NotEqual(First(10, track: 4, seed: 1), First(10, track: 5, seed: 1));
        Assert.NotEqual(First(10, track: 4, seed: 1), First(10, track: 4, seed: 2));
    }

    [Fact]
    public void A_person_keeps_a_look_through_a_folder_whatever_the_track_and_place()
    {
        Assert.Equal(First(10, track: 4, seed: 1, person: 2), First(300, track: 5, seed: 1, person: 2));
        Assert.NotEqual(First(10, track: 4, seed: 1, person: 2), First(10, track: 4, seed: 1, person: 3));
    }

    [Fact]
    public void Without_a_track_the_place_decides()
    {
        Assert.Equal(First(10, null, 1), First(10.5f, null, 1));
        Assert.NotEqual(First(10, null, 1), First(60, null, 1));
    }

    [Fact]
    public void Numbers_below_a_count_reach_all_of_it()
    {
        var random = new SplitMix64(3);
        var seen = Enumerable.Range(0, 500).Select(_ => random.Below(7)).ToHashSet();
        Assert.Equal(Enumerable.Range(0, 7), seen.Order());
    }

    private static ulong First(float left, int? track, int seed, int? person = null)
    {
        var region = new Region(Box.FromSize(left, 9, 30, 30), RegionKind.Face, 1, new RegionOrigin(RegionSource.Hand)) { Track = track, Person = person };
        var area = new PixelRect(0, 0, 2, 2);
        using var target = new PixelBuffer(2, 2, PixelFormat.Rgb24);
        return new RegionCanvas(region, RegionMask.Full(area), area, target).Random(seed).Next();
    }
}
