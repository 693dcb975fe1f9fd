using Veil.Detection;
using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;
using Veil.Vision.Faces;

namespace Veil.Vision.Tests.Faces;

public class VisionDetectorsTests
{
    private static readonly DetectorCatalog Catalog = new(VisionDetectors.List(FourPeople.Models));

    public static TheoryData<string> Ids => [.. Catalog.All.Select(detector => detector.Id)];

    public static TheoryData<string> OfFaces => [.. Catalog.All.Where(detector => detector.Kinds.Contains(RegionKind.Face)).Select(detector => detector.Id)];

    [VisionTheory]
    [MemberData(nameof(OfFaces))]
    public void Four_people_are_found_with_scores_in_order(string id)
    {
        using var picture = FourPeople.Open();
        using var detector = Catalog.Find(id).Create(new DetectorOptions());
        var found = detector.Detect(picture, CancellationToken.None);
        Assert.Equal(4, found.Count);
        Assert.Equal(found.OrderByDescending(region => region.Score), found);
        Assert.All(found, region => Assert.True(region.Kind == RegionKind.Face && region.Score is >= 0.45f and <= 1 && region.Origin.Name == id));

        // One in each quarter of the strip.
        Assert.Equal([0, 1, 2, 3], found.Select(region => (int)(region.Box.CenterX / picture.Width * 4)).Order());
        Assert.All(found, region => Assert.InRange(region.Box.CenterY, 80, 170));
    }

    [VisionTheory]
    [MemberData(nameof(Ids))]
    public void Every_size_and_stride_works(string id)
    {
        var descriptor = id == "dlib-cnn" ? DetectorTuningBinder.Bind(Catalog.Find(id), [new("upsample", "0")]) : Catalog.Find(id);
        using var detector = descriptor.Create(new DetectorOptions { Threshold = 0, SmallestFace = 4 });
        for (var size = 1; size <= 67; size += size < 8 ? 1 : 13)
        {
            using var flat = Noise.Picture(size, 68 - size, padding: size % 7);
            Assert.All(detector.Detect(flat, CancellationToken.None), region => Assert.False(region.Box.IsEmpty));
            using var square = Noise.Picture(size, size, padding: size % 7);
            Assert.All(detector.Detect(square, CancellationToken.None), region => Assert.False(region.Box.IsEmpty));
        }
    }

    [VisionTheory]
    [InlineData("haar")]
    [InlineData("hog")]
    public void Workers_side_by_side_find_what_one_finds(string id)
    {
        using var picture = FourPeople.Open();
        using var alone = Catalog.Find(id).Create(new DetectorOptions());
        var expected = alone.Detect(picture, CancellationToken.None);
        Parallel.For(0, 6, new ParallelOptions { MaxDegreeOfParallelism = 3 }, _ =>
        {
            using var detector = Catalog.Find(id).Create(new DetectorOptions());
            Assert.Equal(expected.Select(region => (region.Box, region.Score)), detector.Detect(picture, CancellationToken.None).Select(region => (region.Box, region.Score)));
        });
    }

    [VisionFact]
    public void Every_cascade_opens_and_looks()
    {
        using var picture = FourPeople.Open();
        foreach (var cascade in Enum.GetValues<HaarCascade>())
        {
            using var detector = Catalog.Find("haar").With(new HaarTuning { Cascade = cascade, ScaleFactor = 1.3f }).Create(new DetectorOptions { Threshold = 0 });
            Assert.All(detector.Detect(picture, CancellationToken.None), region => Assert.InRange(region.Box.Right, 1, picture.Width));
        }
    }

    [VisionFact]
    public void A_large_picture_is_reduced_first_and_boxes_are_its_own()
    {
        using var picture = FourPeople.Open();
        using var whole = Catalog.Find("haar").Create(new DetectorOptions());
        using var reduced = Catalog.Find("haar").With(new HaarTuning { Megapixels = 0.12f }).Create(new DetectorOptions());
        Assert.Equal(1, whole.Reduction(picture.Width, picture.Height));
        Assert.Equal((1, 2, 4, 8), (reduced.Reduction(400, 300), reduced.Reduction(800, 600), reduced.Reduction(1600, 1200), reduced.Reduction(9000, 6000)));
        var expected = whole.Detect(picture, CancellationToken.None);
        var found = reduced.Detect(picture, CancellationToken.None);
        Assert.All(expected, face => Assert.Contains(found, other => other.Box.IoU(face.Box) > 0.6f));
    }

    [VisionFact]
    public void Smaller_faces_than_wanted_are_not_returned_by_cascades()
    {
        using var picture = FourPeople.Open();
        using var detector = Catalog.Find("haar").Create(new DetectorOptions { SmallestFace = 230 });
        Assert.Empty(detector.Detect(picture, CancellationToken.None));
    }

    [VisionFact]
    public void A_model_cut_short_or_of_another_kind_is_a_clear_error()
    {
        var whole = FourPeople.Models("dlib-mmod");
        foreach (var bytes in new[] { [], whole[..1000], whole[..^1], new byte[5000] })
        {
            var descriptor = new DetectorCatalog(VisionDetectors.List(_ => bytes)).Find("dlib-cnn");
            Assert.Equal(VeilErrorCode.InvalidModel, Assert.Throws<VeilException>(() => descriptor.Create(new DetectorOptions())).Code);
        }
    }

    [Fact]
    public void Settings_out_of_range_name_the_range()
    {
        var error = Assert.Throws<VeilException>(() => DetectorTuningBinder.Bind(Catalog.Find("haar"), [new("scale-factor", "1")]));
        Assert.Equal(VeilErrorCode.InvalidOption, error.Code);
        Assert.Contains("ScaleFactor", error.Message, StringComparison.Ordinal);
        Assert.Throws<VeilException>(() => DetectorTuningBinder.Bind(Catalog.Find("haar"), [new("upsample", "1")]));
        Assert.Throws<VeilException>(() => DetectorTuningBinder.Bind(Catalog.Find("haar"), [new("cascade", "7")]));
        Assert.Throws<ArgumentException>(() => Catalog.Find("haar").With(new HogTuning()));
    }

    [VisionFact]
    public void Other_pixels_than_Rgb24_are_refused()
    {
        using var grey = new PixelBuffer(70, 70, PixelFormat.Gray8);
        using var detector = Catalog.Find("hog").Create(new DetectorOptions());
        Assert.Throws<ArgumentException>(() => detector.Detect(grey, CancellationToken.None));
    }
}
