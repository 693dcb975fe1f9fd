using Veil.Errors;
using Veil.Regions;
using Veil.Studio.Projects;

namespace Veil.Studio.Tests.Projects;

public sealed class ReviewedItemDocumentTests
{
    [Fact]
    public void Regions_come_back_as_they_were()
    {
        var face = DrawnFace.Region(new Box(10, 20, 60, 90)).Rounded() with { Track = 3 };
        var item = new ReviewedItem(640, 480,
        [
            new ReviewedFrame(0, TimeSpan.Zero, [new ReviewedRegion(1, face, CoverChoice.Covered), new ReviewedRegion(2, face with { Points = null }, CoverChoice.ClearByPerson)]),
            new ReviewedFrame(1, TimeSpan.FromSeconds(0.04), []),
            new ReviewedFrame(2, TimeSpan.FromSeconds(0.08), [new ReviewedRegion(7, face with { Kind = RegionKind.Plate }, CoverChoice.ClearByHand), new ReviewedRegion(8, face, CoverChoice.CoveredByHand)]),
        ]);

        var again = Read(Write(item));

        Assert.Equal((640, 480, 3), (again.Width, again.Height, again.Frames.Count));
        Assert.Equal(TimeSpan.FromSeconds(0.08), again.Frames[2].Time);
        Assert.Equal([(1, CoverChoice.Covered), (2, CoverChoice.ClearByPerson)], again.Frames[0].Regions.Select(region => (region.Id, region.Cover)));
        Assert.Equal((7, CoverChoice.ClearByHand, RegionKind.Plate, (int?)3), (again.Frames[2].Regions[0].Id, again.Frames[2].Regions[0].Cover, again.Frames[2].Regions[0].Region.Kind, again.Frames[2].Regions[0].Region.Track));
        Assert.Equal(CoverChoice.CoveredByHand, again.Frames[2].Regions[1].Cover);
        Assert.Equal(face.Box, again.Frames[0].Regions[0].Region.Box);
        Assert.NotNull(again.Frames[0].Regions[0].Region.Points);
    }

    [Fact]
    public void Whoever_reads_it_as_a_regions_document_covers_everything()
    {
        var face = new Region(new Box(1, 2, 3, 4), RegionKind.Face, 1, new RegionOrigin(RegionSource.Hand));
        var item = new ReviewedItem(10, 10, [new ReviewedFrame(0, TimeSpan.Zero, [new ReviewedRegion(1, face, CoverChoice.ClearByHand)])]);
        using var stream = new MemoryStream(Write(item));
        var document = RegionsDocumentReader.Read(stream);
        Assert.Single(document.Timelines.Single().Frames.Single().Regions);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"items\":[]}")]
    [InlineData("{\"items\":[{\"width\":1,\"height\":1,\"frames\":[{\"index\":0,\"regions\":[],\"ids\":[1],\"cover\":[\"covered\"]}]}]}")]
    [InlineData("{\"items\":[{\"width\":1,\"height\":1,\"frames\":[{\"index\":0,\"regions\":[]}]}]}")]
    [InlineData("{\"items\":[{\"width\":1,\"height\":1,\"frames\":[{\"index\":0,\"regions\":[],\"ids\":[],\"cover\":[\"bare\"]}]}]}")]
    [InlineData("{\"items\":[{\"width\":9,\"height\":9,\"frames\":[{\"index\":0,\"seconds\":0,\"regions\":[{\"kind\":\"face\",\"score\":1,\"origin\":{\"source\":\"hand\"},\"box\":{\"left\":1,\"top\":1,\"right\":4,\"bottom\":4}}],\"ids\":[1],\"cover\":[\"7\"]}]}]}")]
    public void A_damaged_file_says_so(string text) =>
        Assert.Equal(VeilErrorCode.InvalidRegions, Assert.Throws<VeilException>(() => Read(System.Text.Encoding.UTF8.GetBytes(text))).Code);

    private static byte[] Write(ReviewedItem item)
    {
        using var stream = new MemoryStream();
        ReviewedItemDocument.Write(stream, item);
        return stream.ToArray();
    }

    private static ReviewedItem Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return ReviewedItemDocument.Read(stream);
    }
}
