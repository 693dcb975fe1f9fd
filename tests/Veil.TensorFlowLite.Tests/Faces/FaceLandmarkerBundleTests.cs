using System.IO.Compression;
using Veil.Errors;
using Veil.TensorFlowLite.Faces;

namespace Veil.TensorFlowLite.Tests.Faces;

public sealed class FaceLandmarkerBundleTests
{
    [Fact]
    public void Files_that_are_no_bundle_are_refused()
    {
        Refused([]);
        Refused([1, 2, 3]);
        Refused(Models.Network);
        Refused(Models.Bundle[..^200]);
        Refused(Zip("other.tflite", [1, 2, 3]));
        Refused(Zip("face_landmarks_detector.tflite", []));
    }

    [Fact]
    public void A_bundle_that_promises_more_than_it_holds_is_refused()
    {
        var bundle = Zip("face_landmarks_detector.tflite", new byte[1000]);

        // The size in the central directory, which readers believe, 24 bytes after its mark.
        var directory = bundle.AsSpan().IndexOf("PK\u0001\u0002"u8);
        bundle[directory + 25] = 0xFF;
        Refused(bundle);
    }

    [Fact]
    public void A_network_of_another_shape_is_refused()
    {
        using var archive = new ZipArchive(new MemoryStream(Models.Bundle));
        using var stream = archive.GetEntry("face_blendshapes.tflite")!.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var bundle = Zip("face_landmarks_detector.tflite", bytes.ToArray());
        var error = Assert.Throws<VeilException>(() => MediaPipeLandmarker.Describe(_ => bundle).Create());
        Assert.Equal(VeilErrorCode.InvalidModel, error.Code);
        Assert.Contains("256", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Zip(string name, byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry(name).Open();
            entry.Write(content);
        }

        return bytes.ToArray();
    }

    private static void Refused(byte[] bundle) =>
        Assert.Equal(VeilErrorCode.InvalidModel, Assert.Throws<VeilException>(() => FaceLandmarkerBundle.ReadNetwork(bundle)).Code);
}
