using Veil.Detection;
using Veil.Errors;
using Veil.Regions;
using Veil.Vision.Faces;

namespace Veil.Vision.Tests.Faces;

public class DlibLandmarkerTests
{
    private static readonly Func<IFaceLandmarker> Create = DlibLandmarker.Factory(FourPeople.Models);
    private static readonly RegionOrigin Neural = new(RegionSource.Detector, "yunet");

    [VisionFact]
    public void Points_of_four_people_lie_where_a_face_has_them()
    {
        using var picture = FourPeople.Open();
        using var detector = new DetectorCatalog(VisionDetectors.List(FourPeople.Models)).Find("hog").Create(new DetectorOptions());
        using var landmarker = Create();
        foreach (var face in detector.Detect(picture, CancellationToken.None))
        {
            var points = landmarker.Locate(picture, face)!;
            var five = points.ToLandmarks();
            Assert.True(five.LeftEye.X < five.Nose.X && five.Nose.X < five.RightEye.X);
            Assert.True(five.LeftEye.Y < five.Nose.Y && five.Nose.Y < five.LeftMouth.Y);
            var between = (five.RightEye - five.LeftEye).Length();
            Assert.InRange(between / face.Box.Width, 0.3f, 0.6f);
            Assert.All(points.Jaw, point => Assert.InRange(point.X, face.Box.Left - between, face.Box.Right + between));
        }
    }

    [VisionFact]
    public void Boxes_of_other_detectors_give_nearly_the_same_points()
    {
        using var picture = FourPeople.Open();
        var detectors = new DetectorCatalog(VisionDetectors.List(FourPeople.Models));
        using var hog = detectors.Find("hog").Create(new DetectorOptions());
        using var haar = detectors.Find("haar").Create(new DetectorOptions());
        using var landmarker = Create();
        var others = haar.Detect(picture, CancellationToken.None);
        foreach (var face in hog.Detect(picture, CancellationToken.None))
        {
            var other = others.MaxBy(candidate => candidate.Box.IoU(face.Box))!;
            var expected = landmarker.Locate(picture, face)!.Points;
            var found = landmarker.Locate(picture, other)!.Points;
            Assert.InRange(expected.Zip(found).Average(pair => (pair.First - pair.Second).Length()), 0, face.Box.Width * 0.06f);
        }
    }

    [VisionFact]
    public void Faces_that_reach_over_the_border_or_lie_beyond_it_do_not_fail()
    {
        using var landmarker = Create();
        for (var size = 1; size <= 67; size += 6)
        {
            using var picture = Noise.Picture(size, 68 - size, padding: size % 5);
            Assert.NotNull(landmarker.Locate(picture, Face(new Box(-size, -(68 - size), size * 2, (68 - size) * 2))));
            Assert.Null(landmarker.Locate(picture, Face(new Box(size + 1, 0, size + 9, 8))));
            Assert.Null(landmarker.Locate(picture, Face(new Box(0, 0, 0, 0))));
            Assert.Null(landmarker.Locate(picture, Face(new Box(0, 0, float.NaN, 10))));
            Assert.Null(landmarker.Locate(picture, Face(new Box(-1e9f, -1e9f, 1e9f, 1e9f))));
        }
    }

    [VisionFact]
    public void Workers_share_one_model_at_the_same_time()
    {
        using var picture = FourPeople.Open();
        var face = Face(new Box(290, 60, 440, 220));
        using var alone = Create();
        var expected = alone.Locate(picture, face)!.Points;
        Parallel.For(0, 24, new ParallelOptions { MaxDegreeOfParallelism = 6 }, _ =>
        {
            using var landmarker = Create();
            Assert.Equal(expected.AsEnumerable(), landmarker.Locate(picture, face)!.Points);
        });
    }

    [VisionFact]
    public void A_model_cut_short_is_a_clear_error()
    {
        var whole = FourPeople.Models("dlib-68");
        foreach (var bytes in new[] { [], whole[..100_000], FourPeople.Models("dlib-mmod") })
        {
            Assert.Equal(VeilErrorCode.InvalidModel, Assert.Throws<VeilException>(() => DlibLandmarker.Factory(_ => bytes)()).Code);
        }
    }

    private static Region Face(Box box) => new(box, RegionKind.Face, 1, Neural);
}
