using Veil.Detection;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Core.Tests.Detection;

public sealed class HeadDetectorTests
{
    private static readonly Box Standing = new(100, 50, 200, 350);

    [Fact]
    public void A_face_grows_to_its_head_and_stands_for_its_body()
    {
        var head = Assert.Single(Find([Face(135, 60, 30)], [Body(Standing)]));
        Assert.Equal((RegionKind.Head, "faces"), (head.Kind, head.Origin.Name));
        Assert.True(head.Box.Left < 135 && head.Box.Right > 165 && head.Box.Top < 60 && head.Box.Bottom > 90);
    }

    [Fact]
    public void Who_shows_no_face_gets_the_upper_part_of_their_box()
    {
        var head = Assert.Single(Find([], [Body(Standing)]));
        Assert.Equal((RegionKind.Head, "bodies"), (head.Kind, head.Origin.Name));
        Assert.Equal((Standing.Left, Standing.Right), (head.Box.Left, head.Box.Right));
        Assert.True(head.Box.Top < Standing.Top);
        Assert.InRange(head.Box.Bottom, Standing.Top + (Standing.Height / 5), Standing.Top + (Standing.Height / 2));
    }

    [Fact]
    public void Who_may_lie_has_their_head_anywhere()
    {
        var lying = new Box(0, 0, 300, 100);
        Assert.Equal(lying, Assert.Single(Find([], [Body(lying)])).Box);
        Assert.Equal("faces", Assert.Single(Find([Face(260, 40, 30)], [Body(lying)])).Origin.Name);
    }

    [Fact]
    public void One_face_stands_for_one_person_only()
    {
        // Somebody behind, whose box holds the face of who stands in front.
        var behind = new Box(90, 20, 210, 350);
        var found = Find([Face(135, 60, 30)], [Body(behind), Body(Standing)]);
        Assert.Equal(2, found.Count);
        Assert.Equal(behind.Left, found.Single(head => head.Origin.Name == "bodies").Box.Left);
    }

    [Fact]
    public void A_face_at_the_knees_or_beside_is_somebody_elses()
    {
        Assert.Equal(2, Find([Face(135, 300, 30)], [Body(Standing)]).Count);
        Assert.Equal(2, Find([Face(230, 60, 30)], [Body(Standing)]).Count);
        Assert.Equal(2, Find([Face(50, 20, 200)], [Body(Standing)]).Count);
    }

    [Fact]
    public void A_doubtful_face_is_covered_but_stands_for_nobody() =>
        Assert.Equal(["bodies", "faces"], Find([Face(135, 60, 30) with { Score = 0.5f }], [Body(Standing)]).Select(head => head.Origin.Name));

    [Fact]
    public void Other_kinds_of_its_parts_are_not_heads() =>
        Assert.Empty(Find([Face(0, 0, 10) with { Kind = RegionKind.Plate }], [Body(Standing) with { Kind = RegionKind.Text }]));

    [Fact]
    public void Its_description_names_the_models_of_both_and_both_are_disposed()
    {
        var (faces, bodies) = (new Fixed([]), new Fixed([]));
        var heads = HeadDetector.Describe(
            new DetectorDescriptor("f", "", [RegionKind.Face], ["a", "b"], _ => faces), new DetectorDescriptor("b", "", [RegionKind.Body], ["b", "c"], _ => bodies));
        Assert.Equal(["a", "b", "c"], heads.Models);
        Assert.Equal([RegionKind.Head], heads.Kinds);
        heads.Create(new DetectorOptions()).Dispose();
        Assert.True(faces.Disposed && bodies.Disposed);
    }

    [Fact]
    public void When_bodies_cannot_be_found_nothing_is_left_open()
    {
        var faces = new Fixed([]);
        var heads = HeadDetector.Describe(
            new DetectorDescriptor("f", "", [RegionKind.Face], [], _ => faces),
            new DetectorDescriptor("b", "", [RegionKind.Body], [], _ => throw new InvalidOperationException("no")));
        Assert.Throws<InvalidOperationException>(() => heads.Create(new DetectorOptions()));
        Assert.True(faces.Disposed);
    }

    [Fact]
    public void Cancellation_stops_before_bodies_are_looked_for()
    {
        using var image = new PixelBuffer(4, 4, PixelFormat.Rgb24);
        using var detector = new HeadDetector(new Fixed([]), new Fixed([]));
        Assert.Throws<OperationCanceledException>(() => detector.Detect(image, new CancellationToken(canceled: true)));
    }

    private static IReadOnlyList<Region> Find(Region[] faces, Region[] bodies)
    {
        using var image = new PixelBuffer(4, 4, PixelFormat.Rgb24);
        using var detector = new HeadDetector(new Fixed(faces), new Fixed(bodies));
        return detector.Detect(image, CancellationToken.None);
    }

    private static Region Face(float left, float top, float side) =>
        new(Box.FromSize(left, top, side, side), RegionKind.Face, 0.9f, new RegionOrigin(RegionSource.Detector, "faces"));

    private static Region Body(Box box) => new(box, RegionKind.Body, 0.8f, new RegionOrigin(RegionSource.Detector, "bodies"));

    private sealed class Fixed(IReadOnlyList<Region> found) : IRegionDetector
    {
        public bool Disposed { get; private set; }

        public IReadOnlyList<Region> Detect(PixelBuffer image, CancellationToken cancellationToken) => found;

        public void Dispose() => Disposed = true;
    }
}
