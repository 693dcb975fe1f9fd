using Veil.Engine.Faces;
using Veil.Anonymization.Methods;
using Veil.Errors;
using Veil.Onnx.Models;
using Veil.Regions;

namespace Veil.Engine.Tests.Faces;

/// <summary>The smallest bank there is, of one face, with the real networks.</summary>
public sealed class GeneratedBankTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("veil-faces").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_plain_face_is_generated_enlarged_and_known_by_its_points()
    {
        var bank = new GeneratedBank(ModelStore.Default(), static open => open(null, CancellationToken.None), _folder);
        var face = Assert.Single(bank.Open(LatentSampling.SingleMode, truncation: 1));
        Assert.Equal((128, 512), (face.Small.Width, face.Picture.Width));
        Assert.Equal(FacePointLayout.MediaPipe478, face.Face.Points!.Layout);
        var landmarks = face.Face.Landmarks!;
        Assert.InRange(landmarks.LeftEye.X, 120, 220);
        Assert.InRange(landmarks.RightEye.X, 290, 390);
        Assert.InRange(landmarks.LeftEye.Y, 150, 280);
        Assert.True(landmarks.Nose.Y > landmarks.LeftEye.Y && landmarks.LeftMouth.Y > landmarks.Nose.Y);

        // Enlarging keeps what it enlarges: the mean of each sixteenth is about the small pixel.
        var difference = 0.0;
        for (var y = 0; y < 512; y++)
        {
            for (var x = 0; x < 3 * 512; x++)
            {
                difference += face.Picture.Row(y)[x] - face.Small.Row(y / 4)[(3 * (x / 12)) + (x % 3)];
            }
        }

        Assert.InRange(difference / (3 * 512 * 512), -1, 1);
        Assert.True(new FileInfo(bank.PathOf(LatentSampling.SingleMode, truncation: 1)).Length > 10_000);
    }

    [Fact]
    public void Permissive_licences_allow_no_bank_and_name_the_other_engine()
    {
        var methods = Catalogues.MethodsWith(ModelStore.Default(ModelLicenceFilter.Permissive));
        var error = Assert.Throws<VeilException>(() => methods.Find("synthetic").Create());
        Assert.Equal(VeilErrorCode.InvalidModel, error.Code);
        Assert.Contains("progan-128", error.Message, StringComparison.Ordinal);
        Assert.Contains("engine=inpainter", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_take_their_heads_from_the_bank_and_are_refused_with_it()
    {
        var method = Catalogues.MethodsWith(ModelStore.Default(ModelLicenceFilter.Permissive)).Find("synthetic");
        var painted = new SyntheticOptions { Engine = SyntheticEngine.Inpainter };
        var error = Assert.Throws<VeilException>(() => method.BodyModels(painted));
        Assert.Contains("bodies=removed", error.Hint, StringComparison.Ordinal);
        Assert.Equal(["migan"], method.BodyModels(painted with { Bodies = SyntheticBody.Removed }));
        Assert.Equal(["face-inpainter"], method.Models(painted));
    }

    [Fact]
    public void The_report_names_what_made_the_faces() => Assert.Equal(
        ["progan-128", "face-landmarker"],
        Catalogues.Methods.Find("synthetic") is { } method ? method.Models(method.Defaults) : []);
}
