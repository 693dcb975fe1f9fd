using Veil.Imaging;
using Veil.Inference;
using Veil.Kernels;
using Veil.Vision.Faces;

namespace Veil.Vision.Tests;

/// <summary>The picture of four generated people, and the models that Veil installs.</summary>
internal static class FourPeople
{
    public static readonly ModelReader Models = id => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "models", id switch
    {
        "dlib-mmod" => "mmod_human_face_detector.dat",
        "dlib-68" => "shape_predictor_68_face_landmarks.dat",
        DlibFaceNetwork.Model => "dlib_face_recognition_resnet_model_v1.dat",
        _ => throw new ArgumentOutOfRangeException(nameof(id), id, "Expected a model of dlib's."),
    }));

    public static PixelBuffer Open()
    {
        using var picture = PictureFile.Open(DocumentationPictures.FourPeople);
        using var pixels = picture.TakeFrame(0);
        return PixelConversion.ToRgb24(pixels);
    }
}
