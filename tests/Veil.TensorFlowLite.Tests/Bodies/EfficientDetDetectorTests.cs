using Veil.Detection;
using Veil.Errors;
using Veil.Evaluation.Bodies;
using Veil.Imaging;
using Veil.Regions;
using Veil.TensorFlowLite.Bodies;

namespace Veil.TensorFlowLite.Tests.Bodies;

public sealed class EfficientDetDetectorTests
{
    private static readonly DetectorDescriptor Detector = EfficientDet.Describe(_ => Models.People);

    [Fact]
    public void Four_people_are_four_bodies_and_stay_the_same_ones()
    {
        using var picture = FourPeople.Load();
        using var detector = Detector.Create(new DetectorOptions { Threshold = 0.6f });
        var found = detector.Detect(picture, CancellationToken.None);
        Assert.Equal(4, found.Count);
        Assert.All(found, body => Assert.True(body is { Kind: RegionKind.Body, Mask: null, Origin.Name: "efficientdet" }));
        foreach (var face in FourPeople.Faces)
        {
            Assert.Contains(found, body => body.Box.Intersect(face).Area > 0.9f * face.Area);
        }

        Assert.Equal(found.OrderByDescending(body => body.Score), found);
        Assert.Equal(found, detector.Detect(picture, CancellationToken.None));
        using var other = Detector.Create(new DetectorOptions { Threshold = 0.6f });
        Assert.Equal(found, other.Detect(picture, CancellationToken.None));
    }

    [Fact]
    public void Small_people_in_a_large_picture_are_found_in_tiles()
    {
        using var people = FourPeople.Load();
        using var large = new PixelBuffer(people.Width * 3, people.Height * 6, PixelFormat.Rgb24);
        large.Span.Fill(140);
        people.CopyTo(large.View(new PixelRect(people.Width * 2, people.Height * 5, people.Width * 3, people.Height * 6)));
        using var detector = Detector.Create(new DetectorOptions { Effort = DetectionEffort.Thorough });
        var found = detector.Detect(large, CancellationToken.None);
        foreach (var face in FourPeople.Faces.Select(face => face.Offset(people.Width * 2, people.Height * 5)))
        {
            Assert.Contains(found, body => body.Box.Intersect(face).Area > 0.9f * face.Area);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5000)]
    [InlineData(5000, 1)]
    [InlineData(449, 447)]
    public void Pictures_of_any_size_are_searched_and_boxes_stay_inside(int width, int height)
    {
        using var picture = new PixelBuffer(width, height, PixelFormat.Rgb24);
        new Random(1).NextBytes(picture.Span);
        using var detector = Detector.Create(new DetectorOptions { Threshold = 0.02f });
        Assert.All(detector.Detect(picture, CancellationToken.None), body =>
            Assert.True(body.Box is { IsEmpty: false, Left: >= 0, Top: >= 0 } && body.Box.Right <= width && body.Box.Bottom <= height));
    }

    [Fact]
    public void Cancellation_stops_between_windows()
    {
        using var picture = new PixelBuffer(64, 64, PixelFormat.Rgb24);
        using var detector = Detector.Create(new DetectorOptions());
        Assert.Throws<OperationCanceledException>(() => detector.Detect(picture, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Another_pixel_format_is_a_mistake()
    {
        using var picture = new PixelBuffer(9, 9, PixelFormat.Rgb48);
        using var detector = Detector.Create(new DetectorOptions());
        Assert.Throws<ArgumentException>(() => detector.Detect(picture, CancellationToken.None));
    }

    [Fact]
    public void Another_network_is_refused_and_so_are_options_out_of_range()
    {
        Assert.Equal(VeilErrorCode.InvalidModel, Assert.Throws<VeilException>(() => EfficientDet.Describe(_ => Models.Network).Create(new DetectorOptions())).Code);
        Assert.Equal(VeilErrorCode.InvalidOption, Assert.Throws<VeilException>(() => Detector.Create(new DetectorOptions { Threshold = 2 })).Code);
    }

    [DataFact("coco-mini")]
    public void Large_people_in_photographs_are_found()
    {
        var path = SharedData.Path("coco-mini", "annotations", "instances_val2017.json");
        var pictures = CocoPeople.Read(path, CocoPeople.PicturesOf(path)).Where(picture => picture.Bodies.Count > 0).OrderBy(picture => picture.File, StringComparer.Ordinal).Take(20).ToList();
        using var detector = Detector.Create(new DetectorOptions { Threshold = 0.02f });
        var accuracy = BodyBenchmark.Run(pictures, detector, PictureFile.ReadRgb24, DetectorOptions.DefaultThreshold);
        Assert.True(accuracy.People > 30);
        Assert.InRange(accuracy.AveragePrecision, 0.75, 1);
        Assert.True(accuracy.AtDefault!.RecallByHeight.From128 >= 0.9);
        Assert.True(accuracy.AtDefault.FalsePositivesPerPicture < 3);
    }
}
