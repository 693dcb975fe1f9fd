using Veil.Detection;
using Veil.Detection.Plates;
using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;
using Veil.Writing;

namespace Veil.Core.Tests.Detection.Plates;

public sealed class PlateDetectorTests : IDisposable
{
    private static readonly RegionOrigin Origin = new(RegionSource.Detector, "fake");

    private readonly PixelBuffer _picture = new(400, 300, PixelFormat.Rgb24);

    public void Dispose() => _picture.Dispose();

    [Theory]
    [InlineData("B 58 DTK", 0.99f, true)]
    [InlineData("京A12345", 0.99f, true)]
    [InlineData("dad", 0.4f, true)]
    [InlineData("", 0, true)]
    [InlineData("BAKERY", 0.99f, false)]
    [InlineData("50", 0.99f, false)]
    [InlineData("www.somewhere2eat.example", 0.99f, false)]
    public void Writing_is_a_plate_unless_it_surely_says_something_else(string text, float certainty, bool plate) =>
        Assert.Equal(plate, Find([Line(new Box(100, 100, 200, 130))], new LineReading(text, certainty)).Count == 1);

    [Theory]
    [InlineData(100, 30, true)]
    [InlineData(30, 100, true)]
    [InlineData(60, 40, true)]
    [InlineData(100, 95, false)]
    [InlineData(300, 20, false)]
    public void Writing_of_another_shape_is_none(float width, float height, bool plate) =>
        Assert.Equal(plate, Find([Line(Box.FromSize(10, 10, width, height))], new LineReading("B 58 DTK", 0.99f)).Count == 1);

    [Fact]
    public void A_plate_reaches_beyond_its_writing_has_an_outline_and_names_its_finder()
    {
        var plate = Assert.Single(Find([Line(new Box(100, 100, 200, 130))], new LineReading("B 58 DTK", 0.99f)));
        Assert.Equal((RegionKind.Plate, "plates", 0.8f), (plate.Kind, plate.Origin.Name, plate.Score));
        Assert.True(plate.Box.Left < 97 && plate.Box.Right > 203 && plate.Box.Top < 99 && plate.Box.Bottom > 131);
        Assert.Equal(plate.Box, Box.Around(plate.Outline));
    }

    [Fact]
    public void What_the_cascade_finds_beside_is_added_and_what_it_finds_again_is_not()
    {
        var cascade = new Fixed([Found(new Box(105, 102, 195, 128)), Found(new Box(300, 200, 360, 220))]);
        var plates = Find([Line(new Box(100, 100, 200, 130))], new LineReading("B 58 DTK", 0.99f), () => true, cascade);
        Assert.Equal([true, false], plates.Select(plate => plate.Box.Left < 250).OrderDescending());
        Assert.True(cascade.Disposed);
    }

    [Fact]
    public void The_cascade_takes_part_where_present_always_or_never()
    {
        var elsewhere = new[] { Found(new Box(300, 200, 360, 220)) };
        Assert.Empty(Find([], LineReading.None, () => false, new Fixed(elsewhere)));
        Assert.Single(Find([], LineReading.None, () => false, new Fixed(elsewhere), new PlateTuning { Cascade = PlateCascadeUse.Required }));
        Assert.Empty(Find([], LineReading.None, () => true, new Fixed(elsewhere), new PlateTuning { Cascade = PlateCascadeUse.Off }));
    }

    [Fact]
    public void Where_the_cascade_is_required_a_missing_one_shows_before_any_picture()
    {
        var cascade = Describe(RegionKind.Plate, new Fixed([])) with { Requires = static _ => throw new VeilException(VeilErrorCode.MissingNative, "none here") };
        var plates = PlateDetection.Describe(Describe(RegionKind.Text, new Fixed([])), Reader(LineReading.None), cascade, () => false);
        plates.EnsureUsable();
        Assert.Equal(VeilErrorCode.MissingNative, Assert.Throws<VeilException>(plates.With(new PlateTuning { Cascade = PlateCascadeUse.Required }).EnsureUsable).Code);
    }

    [Fact]
    public void A_certainty_of_one_believes_no_reading() =>
        Assert.Single(Find([Line(new Box(100, 100, 200, 130))], new LineReading("BAKERY", 1), tuning: new PlateTuning { Certainty = 1 }));

    private static Region Line(Box box) => new(box, RegionKind.Text, 0.8f, Origin);

    private static Region Found(Box box) => new(box, RegionKind.Plate, 0.6f, Origin);

    private static DetectorDescriptor Describe(RegionKind kind, Fixed detector) => new("fake", "", [kind], [], _ => detector);

    private static WritingReaderDescriptor Reader(LineReading reading) => new("fake", [], () => new Saying(reading));

    private IReadOnlyList<Region> Find(Region[] lines, LineReading reading, Func<bool>? present = null, Fixed? cascade = null, PlateTuning? tuning = null)
    {
        var plates = PlateDetection.Describe(Describe(RegionKind.Text, new Fixed(lines)), Reader(reading), Describe(RegionKind.Plate, cascade ?? new Fixed([])), present ?? (() => true));
        using var detector = plates.With(tuning ?? new PlateTuning()).Create(new DetectorOptions());
        return detector.Detect(_picture, CancellationToken.None);
    }

    private sealed class Fixed(Region[] found) : IRegionDetector
    {
        public bool Disposed { get; private set; }

        public IReadOnlyList<Region> Detect(PixelBuffer image, CancellationToken cancellationToken) => found;

        public void Dispose() => Disposed = true;
    }

    private sealed class Saying(LineReading reading) : IWritingReader
    {
        public LineReading Read(PixelBuffer image, Region line) => reading;

        public PixelRect Reads(Region line) => line.Box.ToPixels();

        public void Dispose()
        {
        }
    }
}
