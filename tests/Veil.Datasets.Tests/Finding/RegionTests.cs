using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Veil.Datasets.Finding;
using Veil.Datasets.Masks;
using Veil.Errors;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Datasets.Tests.Finding;

public class RegionTests
{
    private static readonly PictureSize Size = new(64, 48);
    private static readonly DatasetCategory Person = new("person", 1, CategorySubject.Person);
    private static readonly DatasetCategory Posed = Person with { Keypoints = KeypointSkeleton.Names };
    private static readonly DatasetCategory Crowd = new("persongroup", 2, CategorySubject.People);
    private static readonly DatasetCategory Plate = new("license plate", 3, CategorySubject.Plate);
    private static readonly DatasetCategory Face = new("face", 4, CategorySubject.Face);

    [Fact]
    public void Bodies_have_boxes_outlines_and_masks()
    {
        var outlined = Object(Person, 10, 5, 20, 35) with { Polygons = [Polygon.Of(new Box(10, 5, 20, 35))] };
        var parted = Object(Person, 10, 5, 12, 7) with { Polygons = [Polygon.Of(new Box(10, 5, 12, 7)), Polygon.Of(new Box(30, 5, 34, 9))] };
        var regions = AnnotatedPeople.Regions([outlined, parted, Object(Plate, 1, 1, 5, 3)], [RegionKind.Body], Size);
        Assert.Equal(2, regions.Count);
        Assert.Equal(4, regions[0].Outline.Length);
        Assert.Equal((new Box(10, 5, 34, 9), new PixelRect(10, 5, 34, 9)), (regions[1].Box, regions[1].Mask!.Bounds));
        Assert.Equal((255, 0), (regions[1].Mask![31, 6], regions[1].Mask![20, 6]));
        Assert.All(regions, region => Assert.Equal((RegionKind.Body, RegionSource.Annotation, 1f), (region.Kind, region.Origin.Source, region.Score)));
    }

    [Fact]
    public void Plates_are_plates() =>
        Assert.Equal([new Box(1, 1, 5, 3)], AnnotatedPeople.Regions([Object(Plate, 1, 1, 5, 3), Object(Person, 0, 0, 9, 9)], [RegionKind.Plate], Size).Select(region => region.Box));

    [Fact]
    public void A_whole_picture_needs_no_annotation() =>
        Assert.Equal((RegionKind.Image, new Box(0, 0, 64, 48)), Assert.Single(AnnotatedPeople.Regions([], [RegionKind.Image], Size).Select(region => (region.Kind, region.Box))));

    [Fact]
    public void Nobody_is_left_out_for_want_of_keypoints()
    {
        DatasetObject[] people =
        [
            Object(Person, 10, 5, 20, 35),
            Object(Crowd, 30, 5, 60, 20),
            Object(Posed, 0, 0, 8, 20) with { Keypoints = Points() },
            Object(Posed, 0, 0, 8, 20) with { Keypoints = Points((5, 3, 8), (6, 6, 8)) },
            Object(Posed, 0, 0, 8, 20) with { Keypoints = Points((0, 3, 3)), IsCrowd = true },
        ];
        foreach (var kind in (RegionKind[])[RegionKind.Face, RegionKind.Head])
        {
            var regions = AnnotatedPeople.Regions(people, [kind], Size);
            Assert.Equal(people.Select(person => person.Box), regions.Select(region => region.Box));
            Assert.All(regions, region => Assert.Equal((kind, AnnotatedPeople.WholePerson), (region.Kind, region.Origin.Name)));
        }
    }

    [Fact]
    public void Faces_lie_around_nose_eyes_and_ears()
    {
        // A face from the front, 15 pixels from ear to ear, at the top of a person 30 wide.
        var person = Object(Posed, 0, 0, 30, 48) with { Keypoints = Points((0, 15, 14), (1, 18, 10), (2, 12, 10), (3, 22.5, 11), (4, 7.5, 11)) };
        var face = Assert.Single(AnnotatedPeople.Regions([person], [RegionKind.Face], Size)).Box;
        Assert.InRange(face.Left, -4, 7.5f);
        Assert.InRange(face.Right, 22.5f, 34);
        Assert.InRange(face.Top, -8, 3);
        Assert.InRange(face.Bottom, 22, 30);
        var head = Assert.Single(AnnotatedPeople.Regions([person], [RegionKind.Head], Size)).Box;
        Assert.True(head.Intersect(face) == face && head.Area > face.Area);
    }

    [Fact]
    public void Every_labelled_face_point_is_inside_the_face() => Prop.ForAll(Arb.From(Gen.ArrayOf(Gen.Choose(0, 40), 7 * 3)), numbers =>
    {
        var points = Points([.. numbers.Chunk(3).Select((point, index) => (index, (double)point[0], (double)point[1])).Where((_, index) => numbers[(index * 3) + 2] % 3 != 0)]);
        var person = Object(Posed, 0, 0, 40, 40) with { Keypoints = points };
        var face = Assert.Single(AnnotatedPeople.Regions([person], [RegionKind.Face], Size)).Box;
        return points.Take(5).All(point => point.State == KeypointState.Absent || (point.X >= face.Left && point.X <= face.Right && point.Y >= face.Top && point.Y <= face.Bottom));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_face_that_is_annotated_for_itself_stands_for_its_person()
    {
        DatasetObject[] objects = [Object(Person, 10, 5, 20, 35), Object(Face, 12, 6, 18, 12), Object(Person, 40, 5, 50, 35)];
        var regions = AnnotatedPeople.Regions(objects, [RegionKind.Face], Size);
        Assert.Equal([new Box(12, 6, 18, 12), new Box(40, 5, 50, 35)], regions.Select(region => region.Box));
    }

    [Fact]
    public void Somebody_without_a_place_is_an_error()
    {
        var error = Assert.Throws<VeilException>(() => AnnotatedPeople.Regions([Object(Person, 10, 5, 10, 35)], [RegionKind.Body], Size));
        Assert.StartsWith("labels.json:7: 'person'", error.Message, StringComparison.Ordinal);
        var other = Object(Person, 1, 1, 9, 9) with { Mask = RunLengthMask.FromCounts(4, 4, [0, 16]) };
        Assert.Contains("4×4", Assert.Throws<VeilException>(() => AnnotatedPeople.Regions([other], [RegionKind.Body], Size)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Kinds_that_are_not_annotated_are_refused()
    {
        Assert.Equal([RegionKind.Face, RegionKind.Head, RegionKind.Body, RegionKind.Plate], AnnotatedKinds.Of([Person, Plate]));
        Assert.Equal(VeilErrorCode.InvalidOption, Assert.Throws<VeilException>(() => AnnotatedKinds.Require([Person], [RegionKind.Plate])).Code);
        Assert.Throws<VeilException>(() => AnnotatedKinds.Require([Person, Plate], [RegionKind.Text]));
        AnnotatedKinds.Require([Person, Plate], [RegionKind.Body, RegionKind.Plate]);
    }

    [Theory]
    [InlineData(48, 64, "EXIF")]
    [InlineData(640, 480, "640×480")]
    public void A_picture_of_another_size_is_an_error(int width, int height, string said)
    {
        var picture = new DatasetPicture("a.png", "/a.png", "", new DatasetPlace("labels.json", 3), () => []) { SizeReader = () => new PictureSize(width, height) };
        using var provider = new AnnotatedRegions(_ => picture, [RegionKind.Body], IncompleteAnnotations.Refuse);
        var error = Assert.Throws<VeilException>(() => Find(provider));
        Assert.Contains("labels.json:3", error.Message, StringComparison.Ordinal);
        Assert.Contains(said, error.Message + error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_without_annotations_are_refused_unless_told_otherwise()
    {
        var picture = new DatasetPicture("a.png", "/a.png", "", new DatasetPlace("a.png"), null);
        using var strict = new AnnotatedRegions(_ => picture, [RegionKind.Body], IncompleteAnnotations.Refuse);
        Assert.Equal(VeilErrorCode.InvalidDataset, Assert.Throws<VeilException>(() => Find(strict)).Code);
        using var lax = new AnnotatedRegions(_ => picture, [RegionKind.Body], IncompleteAnnotations.TakeAsTheyAre);
        Assert.Empty(Find(lax));
    }

    [Fact]
    public void Matching_takes_the_best_overlap_first_then_the_score()
    {
        DatasetObject[] people = [Object(Person, 0, 0, 10, 10), Object(Person, 20, 0, 30, 10)];
        Region[] found = [Found(1, 0, 11, 10, 0.4f), Found(0, 0, 10, 10, 0.3f), Found(21, 0, 31, 10, 0.2f), Found(19, 0, 29, 10, 0.9f), Found(50, 40, 60, 48, 1)];
        Assert.Equal([(1, 0), (3, 1)], DetectionMatching.Match(found, people, Size));
    }

    [Fact]
    public void Matching_counts_the_pixels_of_masks_and_cuts_boxes_down()
    {
        // 20 pixels of a mask of 100, a box that is 5×5 when its edges are cut: 25 in common of 100.
        var person = Object(Person, 0, 0, 10, 10) with { Polygons = [Polygon.Of(new Box(0, 0, 10, 10))] };
        Assert.Single(DetectionMatching.Match([Found(0.9f, 0.9f, 1.99f, 1.99f, 1)], [person], Size with { Width = 9 }));
        Assert.Empty(DetectionMatching.Match([Found(0.9f, 0.9f, 1.99f, 1.99f, 1)], [person], Size));
    }

    [Fact]
    public void Everything_is_covered_by_default_and_only_matches_when_asked()
    {
        DatasetObject[] people =
        [
            Object(Posed, 0, 0, 10, 20) with { Keypoints = Points((0, 5, 4), (1, 6, 3)) },
            Object(Posed, 20, 0, 30, 20) with { Keypoints = Points((0, 25, 4), (1, 26, 3)) },
            Object(Posed, 40, 0, 50, 20) with { Keypoints = Points() },
            Object(Crowd, 30, 20, 60, 40),
        ];
        Region[] found = [Found(0, 0, 10, 19, 0.9f), Found(40, 0, 50, 19, 0.8f), Found(31, 21, 40, 30, 0.7f), Found(0, 40, 5, 48, 0.6f)];
        var all = Match(people, found, MatchPolicy.CoverAll);
        Assert.Equal(found.Select(region => region.Box).Concat([people[1].Box, people[3].Box]), all.Select(region => region.Box));
        var only = Match(people, found, MatchPolicy.MatchedOnly);
        Assert.Equal([found[0].Box, found[2].Box], only.Select(region => region.Box));
    }

    [Fact]
    public void Nobody_annotated_or_found_is_lost() => Prop.ForAll(Arb.From(Boxes), Arb.From(Boxes), (annotated, detected) =>
    {
        var people = annotated.Select(box => Object(Person, box.Left, box.Top, box.Right, box.Bottom)).ToArray();
        var found = detected.Select((box, i) => Found(box.Left, box.Top, box.Right, box.Bottom, 1f / (i + 1))).ToArray();
        var regions = Match(people, found, MatchPolicy.CoverAll);
        var matches = DetectionMatching.Match(found, people, Size);
        return found.All(regions.Contains)
            && people.Where((_, i) => matches.All(match => match.Object != i)).All(person => regions.Any(region => region.Box == person.Box))
            && matches.Select(match => match.Detection).Distinct().Count() == matches.Count
            && matches.Select(match => match.Object).Distinct().Count() == matches.Count;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("person", CategorySubject.Person)]
    [InlineData("Person", CategorySubject.Person)]
    [InlineData("other person", CategorySubject.Person)]
    [InlineData("rider", CategorySubject.Person)]
    [InlineData("ridergroup", CategorySubject.People)]
    [InlineData("License_Plate", CategorySubject.Plate)]
    [InlineData("license-plate", CategorySubject.Plate)]
    [InlineData("plate", CategorySubject.Other)]
    [InlineData("teddy bear", CategorySubject.Other)]
    [InlineData("traffic sign", CategorySubject.Other)]
    public void Names_tell_who_is_a_person(string name, CategorySubject subject) => Assert.Equal(subject, new CategorySubjects(Tree.Options()).Of(name));

    [Fact]
    public void Groups_tell_it_as_well() => Assert.Equal(CategorySubject.Person, new CategorySubjects(Tree.Options()).Of("goalkeeper", "person"));

    [Fact]
    public void A_neighbours_detection_does_not_stand_for_somebody()
    {
        var missed = Object(Person, 30, 10, 50, 40);

        var covered = Match([missed], [Found(5, 10, 32, 40, 0.9f)], MatchPolicy.CoverAll);

        Assert.Contains(covered, region => region.Box.Intersect(missed.Box) == missed.Box);
    }

    [Fact]
    public void Of_a_person_with_a_box_and_a_dot_for_an_outline_the_box_is_covered()
    {
        var person = Object(Person, 10, 10, 40, 40) with { Polygons = [new Polygon([20, 20, 20, 20, 20, 20])] };

        var covered = Assert.Single(Match([person], [], MatchPolicy.CoverAll));

        Assert.True(covered.Outline.IsEmpty);
        Assert.Equal(person.Box, covered.Box);
    }

    [Fact]
    public void Shoulders_seen_edge_on_do_not_tell_the_size_of_a_face() =>
        Assert.Null(HeadFromKeypoints.Find(Points((0, 112, 70), (5, 100, 100), (6, 103, 101)), RegionKind.Face, new Box(60, 50, 160, 350)));

    private static Gen<Box[]> Boxes => Gen.ArrayOf(
        from left in Gen.Choose(0, 50)
        from top in Gen.Choose(0, 40)
        from width in Gen.Choose(1, 20)
        from height in Gen.Choose(1, 20)
        select new Box(left, top, left + width, top + height));

    private static IReadOnlyList<Region> Match(DatasetObject[] people, Region[] found, MatchPolicy policy)
    {
        var picture = new DatasetPicture("a.png", "/a.png", "", new DatasetPlace("labels.json", 3), () => people);
        using var provider = new MatchedRegions(new Fixed(found), _ => picture, [RegionKind.Body], policy);
        return Find(provider);
    }

    private static IReadOnlyList<Region> Find(IRegionProvider provider)
    {
        using var frame = new Frame(new PixelBuffer(64, 48, PixelFormat.Rgb24), 0, TimeSpan.Zero);
        return provider.Find(new MediaItem("/a.png", "a.png", MediaItemOrigin.Found), frame, CancellationToken.None);
    }

    private static DatasetObject Object(DatasetCategory category, float left, float top, float right, float bottom) =>
        new(category, new Box(left, top, right, bottom), new DatasetPlace("labels.json", 7));

    private static Region Found(float left, float top, float right, float bottom, float score) =>
        new(new Box(left, top, right, bottom), RegionKind.Body, score, new RegionOrigin(RegionSource.Detector, "test"));

    private static ImmutableArray<Keypoint> Points(params (int Index, double X, double Y)[] known)
    {
        var points = new Keypoint[17];
        foreach (var (index, x, y) in known)
        {
            points[index] = new Keypoint(x, y, KeypointState.Visible);
        }

        return [.. points];
    }

    private sealed class Fixed(IReadOnlyList<Region> regions) : IRegionProvider
    {
        public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken) => regions;

        public void Dispose()
        {
        }
    }
}
