using Veil.Detection;
using Veil.Errors;
using Veil.Imaging;
using Veil.Onnx.Faces;
using Veil.Onnx.Models;

namespace Veil.Onnx.Tests.Faces;

public class FaceDetectorTests
{
    private static readonly OnnxDetectors Detectors = new(new ModelStore([Path.Combine(AppContext.BaseDirectory, "models")], "unused"));

    [DataFact("synthetic-portraits")]
    public void A_portrait_holds_one_face_with_its_points_inside()
    {
        using var picture = Picture.Decode(File.ReadAllBytes(SharedData.Path("synthetic-portraits", "portrait-000.jpg")));
        using var detector = Detectors.All.Single(detector => detector.Id == "retinaface").Create(new DetectorOptions());
        using var pixels = picture.TakeFrame(0);
        var face = detector.Detect(pixels, CancellationToken.None)[0];
        Assert.True(face.Score > 0.8f);
        Assert.InRange(face.Box.CenterX, 128, 384);
        Assert.InRange(face.Landmarks!.Nose.X, face.Box.Left, face.Box.Right);
        Assert.True(face.Landmarks.LeftEye.X < face.Landmarks.RightEye.X);
        Assert.True(face.Landmarks.LeftMouth.Y > face.Landmarks.LeftEye.Y);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3000, 2)]
    [InlineData(5, 900)]
    public void Odd_pictures_are_searched_without_failing(int width, int height)
    {
        using var picture = new PixelBuffer(width, height, PixelFormat.Rgb24);
        using var detector = Detectors.All.Single(detector => detector.Id == "retinaface").Create(new DetectorOptions());
        Assert.Empty(detector.Detect(picture, CancellationToken.None));
    }

    [Fact]
    public void Other_pixel_formats_are_refused()
    {
        using var picture = new PixelBuffer(4, 4, PixelFormat.Gray8);
        using var detector = Detectors.All.Single(detector => detector.Id == "retinaface").Create(new DetectorOptions());
        Assert.Throws<ArgumentException>(() => detector.Detect(picture, CancellationToken.None));
    }

    [Fact]
    public void Cancelling_stops_before_the_next_inference()
    {
        using var picture = new PixelBuffer(64, 64, PixelFormat.Rgb24);
        using var detector = Detectors.All.Single(detector => detector.Id == "retinaface").Create(new DetectorOptions());
        Assert.Throws<OperationCanceledException>(() => detector.Detect(picture, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Options_out_of_range_are_refused() =>
        Assert.Equal(VeilErrorCode.InvalidOption, Assert.Throws<VeilException>(() => Detectors.All.Single(detector => detector.Id == "retinaface").Create(new DetectorOptions { SmallestFace = 1 })).Code);

    [Fact]
    public void Without_YuNet_the_default_is_RetinaFace_and_a_hint_says_what_would_be_better()
    {
        var choice = Detectors.Default();
        Assert.Equal("retinaface", choice.Detector.Id);
        Assert.Contains("pull yunet", choice.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void With_YuNet_films_have_a_default_of_their_own_as_far_as_licences_let_it()
    {
        using var folder = new TemporaryFolder();
        folder.Write(ModelManifest.Find("yunet").File, [1]);
        IReadOnlyList<string> places = [folder.FullPath, Path.Combine(AppContext.BaseDirectory, "models")];

        var choice = new OnnxDetectors(new ModelStore(places, "unused")).Default();
        var free = new OnnxDetectors(new ModelStore(places, "unused", ModelLicenceFilter.Permissive)).Default();

        Assert.Equal(("yunet", "retinaface"), (choice.Detector.Id, choice.Films?.Detector.Id));
        Assert.Equal(("yunet", null), (free.Detector.Id, free.Films?.Detector.Id));
        Assert.Null(Detectors.Default().Films);
    }

    [Fact]
    public void A_file_that_is_no_model_is_a_clear_error()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("broken.onnx", [0xFF, 0xFF, 0xFF]);
        Assert.Equal(VeilErrorCode.InvalidModel, Assert.Throws<VeilException>(() => OnnxDetectors.FromFile(path).Create(new DetectorOptions())).Code);
        Assert.Equal(VeilErrorCode.InvalidModel, Assert.Throws<VeilException>(() => OnnxDetectors.FromFile(folder["absent.onnx"]).Create(new DetectorOptions())).Code);
    }

    [Fact]
    public void The_score_scale_can_be_turned_back()
    {
        var scale = new ScoreScale(0.7f);
        Assert.Equal(0.5f, scale.ToCommon(0.7f), 1e-6f);
        for (var score = 0f; score <= 1; score += 0.05f)
        {
            Assert.Equal(score, scale.FromCommon(scale.ToCommon(score)), 1e-5f);
        }
    }
}
