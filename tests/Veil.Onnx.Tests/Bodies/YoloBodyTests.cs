using Veil.Detection;
using Veil.Errors;
using Veil.Onnx.Bodies;
using Veil.Onnx.Models;
using Veil.Regions;

namespace Veil.Onnx.Tests.Bodies;

public sealed class YoloBodyTests
{
    [Fact]
    public void Without_its_model_it_says_how_to_get_it()
    {
        var error = Assert.Throws<VeilException>(() => YoloBody.Describe(new ModelStore([], "unused")).Create(new DetectorOptions()));
        Assert.Equal(VeilErrorCode.InvalidModel, error.Code);
        Assert.Contains("yolo11n-seg", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_only_permissive_licences_are_allowed_it_is_refused_by_name()
    {
        var detector = YoloBody.Describe(new ModelStore([], "unused", ModelLicenceFilter.Permissive));
        var error = Assert.Throws<VeilException>(() => detector.Create(new DetectorOptions()));
        Assert.Contains("'yolo11n-seg' was refused", error.Message, StringComparison.Ordinal);
        Assert.Contains("AGPL", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_altered_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        folder.Write(ModelManifest.Find(YoloBody.ModelId).File, "not it"u8);
        var error = Assert.Throws<VeilException>(() => YoloBody.Describe(new ModelStore([folder.FullPath], "unused")).Create(new DetectorOptions()));
        Assert.Equal(VeilErrorCode.InvalidModel, error.Code);
    }

    [Fact]
    public void It_finds_bodies_alone() => Assert.Equal([RegionKind.Body], YoloBody.Describe(new ModelStore([], "unused")).Kinds);
}
