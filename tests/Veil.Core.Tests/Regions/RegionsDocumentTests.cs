using System.Numerics;
using System.Text;
using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Tests.Regions;

public class RegionsDocumentTests
{
    private const string Head = """{"format":"veil-regions","version":1,"items":[""";

    [Fact]
    public void Everything_written_is_read_again()
    {
        var region = new Region(new Box(-1.5f, 2, 30.25f, 41), RegionKind.Face, 0.875f, new RegionOrigin(RegionSource.Detector, "retinaface"))
        {
            Landmarks = new FaceLandmarks(new(1, 2), new(3, 4), new(5, 6), new(7, 8), new(9, 10)),
            Outline = [new Vector2(0, 0), new Vector2(10, 0), new Vector2(5, 10.5f)],
            Mask = new RegionMask(new PixelRect(2, 3, 5, 5), [0, 255, 255, 7, 0, 0]),
            Track = 12,
            Person = 3,
        };
        var timeline = new RegionTimeline("a/b.jpg", 640, 480, [new FrameRegions(0, TimeSpan.Zero, [region]), new FrameRegions(1, TimeSpan.FromSeconds(0.5), [])]);

        var read = Assert.Single(RoundTrip(timeline).Timelines);

        Assert.Equal(("a/b.jpg", 640, 480), (read.File, read.Width, read.Height));
        Assert.Equal(TimeSpan.FromSeconds(0.5), read.Frames[1].Timestamp);
        Assert.Empty(read.Frames[1].Regions);
        var back = Assert.Single(read.Frames[0].Regions);
        Assert.Equal((region.Box, region.Kind, region.Score, region.Origin, region.Landmarks, region.Track, region.Person), (back.Box, back.Kind, back.Score, back.Origin, back.Landmarks, back.Track, back.Person));
        Assert.Equal(region.Outline.ToArray(), back.Outline.ToArray());
        Assert.Equal(region.Mask.Bounds, back.Mask!.Bounds);
        Assert.Equal(region.Mask.Row(3).ToArray(), back.Mask.Row(3).ToArray());
        Assert.Equal(region.Mask.Row(4).ToArray(), back.Mask.Row(4).ToArray());
    }

    [Fact]
    public void A_region_drawn_by_hand_needs_only_box_and_kind()
    {
        var document = Read(Head + """{"file":"a","width":9,"height":9,"frames":[{"index":0,"regions":[{"box":[1,2,3,4],"kind":"face"}]}]}]}""");

        var region = document.Timelines[0].Frames[0].Regions[0];
        Assert.Equal((1f, RegionSource.Hand), (region.Score, region.Origin.Source));
    }

    [Theory]
    [InlineData("{", "Not valid JSON")]
    [InlineData("[]", "expected an object")]
    [InlineData("""{"format":"other"}""", "$.format")]
    [InlineData("""{"format":"veil-regions","version":2,"items":[]}""", "version 1")]
    [InlineData(Head + """{"file":"a","width":9,"height":9}]}""", "frames")]
    [InlineData(Head + """{"file":"a","width":"9","height":9,"frames":[]}]}""", "$.items[0].width")]
    [InlineData(Head + """{"file":"a","width":9,"height":9,"frames":[]},{"file":"a","width":9,"height":9,"frames":[]}]}""", "more than one entry")]
    [InlineData(Head + """{"file":"a","width":9,"height":9,"frames":[{"index":0,"regions":[{"box":[3,2,1,4],"kind":"face"}]}]}]}""", "right > left")]
    [InlineData(Head + """{"file":"a","width":9,"height":9,"frames":[{"index":0,"regions":[{"box":[1,2,3,1e30],"kind":"face"}]}]}]}""", "within")]
    [InlineData(Head + """{"file":"a","width":9,"height":9,"frames":[{"index":0,"regions":[{"box":[1,2,3,4],"kind":"nose"}]}]}]}""", "one of face")]
    [InlineData(Head + """{"file":"a","width":9,"height":9,"frames":[{"index":0,"regions":[{"box":[1,2,3,4],"kind":"face","score":2}]}]}]}""", "from 0 to 1")]
    [InlineData(Head + """{"file":"a","width":9,"height":9,"frames":[{"index":0,"regions":[{"box":[1,2,3,4],"kind":"face","points":{"layout":"ibug68","coordinates":[1,2,3]}}]}]}]}""", "68 points")]
    [InlineData(Head + """{"file":"a","width":9,"height":9,"frames":[{"index":0,"regions":[{"box":[1,2,3,4],"kind":"face","points":{"layout":"68","coordinates":[]}}]}]}]}""", "ibug68, mediapipe478")]
    [InlineData(Head + """{"file":"a","width":9,"height":9,"frames":[{"index":0,"regions":[{"box":[1,2,3,4],"kind":"face","person":"me"}]}]}]}""", "person")]
    [InlineData(Head + """{"file":"a","width":9,"height":9,"frames":[{"index":0,"regions":[{"box":[1,2,3,4],"kind":"face","mask":{"bounds":[0,0,2,2],"runs":[5,255]}}]}]}]}""", "a run that fits")]
    [InlineData(Head + """{"file":"a","width":9,"height":9,"frames":[{"index":0,"regions":[{"box":[1,2,3,4],"kind":"face","mask":{"bounds":[0,0,2,2],"runs":[3,255]}}]}]}]}""", "add up to 4")]
    [InlineData(Head + """{"file":"a","width":9,"height":9,"frames":[{"index":0,"regions":[{"box":[1,2,3,4],"kind":"face","outline":[[1,2],[3,4]]}]}]}]}""", "three points")]
    [InlineData(Head + """{"file":"a","width":9,"height":9,"frames":[{"index":0,"seconds":1e300,"regions":[]}]}]}""", "within a year")]
    [InlineData(Head + """{"file":"a","width":9,"height":9,"frames":[{"index":0,"regions":[{"box":[1,2,3,4],"kind":"face","outline":[[1,2],[3,4],[1e30,0]]}]}]}]}""", "within")]
    [InlineData(Head + """{"file":"a","width":9,"height":9,"frames":[{"index":0,"regions":[{"box":[1,2,3,4],"kind":"face","mask":{"bounds":[-2147483648,0,2147483647,2],"runs":[1,255]}}]}]}]}""", "within")]
    [InlineData(Head + """{"file":"\ud800","width":9,"height":9,"frames":[]}]}""", "Unicode")]
    public void A_mistake_is_named_with_its_place(string json, string because)
    {
        var error = Assert.Throws<VeilException>(() => Read(json));

        Assert.Equal(VeilErrorCode.InvalidRegions, error.Code);
        Assert.Contains(because, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_characters_are_told()
    {
        byte[] file = [.. Encoding.UTF8.GetBytes(Head + "{\"file\":\""), 0xFF, .. "\",\"width\":9,\"height\":9,\"frames\":[]}]}"u8];

        Assert.Contains("Unicode", Assert.Throws<VeilException>(() => RegionsDocumentReader.Read(new MemoryStream(file))).Message, StringComparison.Ordinal);
    }

    private static RegionsDocument RoundTrip(RegionTimeline timeline)
    {
        using var stream = new MemoryStream();
        using (var writer = new RegionsDocumentWriter(stream))
        {
            writer.Write(timeline);
        }

        stream.Position = 0;
        return RegionsDocumentReader.Read(stream);
    }

    private static RegionsDocument Read(string json) => RegionsDocumentReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)));
}
