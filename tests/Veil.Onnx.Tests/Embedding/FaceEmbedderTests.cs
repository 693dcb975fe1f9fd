using Veil.Errors;
using Veil.Imaging;
using Veil.Onnx.Embedding;

namespace Veil.Onnx.Tests.Embedding;

public sealed class FaceEmbedderTests
{
    private static string Model => SharedData.Path("..", "models", "MobileFaceNet.onnx");

    [DataFact("../models/MobileFaceNet.onnx")]
    public void Two_pictures_of_one_person_are_nearer_than_those_of_two()
    {
        using var embedder = new FaceEmbedder(Model, FaceEmbeddingInput.MobileFaceNet);
        var (first, second, other) = (Face("George_Galloway", 0), Face("George_Galloway", 1), Face("Abel_Pacheco", 0));
        Assert.Equal(1, Similarity(first, first), 4);
        Assert.True(Similarity(first, second) > Similarity(first, other) + 0.2f);

        float[] Face(string person, int index)
        {
            using var picture = Picture.Decode(File.ReadAllBytes(Directory.GetFiles(SharedData.Path("lfw-aligned", person)).Order(StringComparer.Ordinal).ElementAt(index)));
            return embedder.Embed(picture.Frame(0));
        }
    }

    [DataFact("../models/MobileFaceNet.onnx")]
    public void A_face_of_another_size_or_format_is_refused()
    {
        using var embedder = new FaceEmbedder(Model, FaceEmbeddingInput.MobileFaceNet);
        using var small = new PixelBuffer(100, 112, PixelFormat.Rgb24);
        using var grey = new PixelBuffer(112, 112, PixelFormat.Gray8);
        Assert.Throws<ArgumentException>(() => embedder.Embed(small));
        Assert.Throws<ArgumentException>(() => embedder.Embed(grey));
    }

    [Fact]
    public void A_model_that_is_not_there_is_an_error_with_its_name()
    {
        var error = Assert.Throws<VeilException>(() => new FaceEmbedder("no-such-model.onnx", FaceEmbeddingInput.MobileFaceNet));
        Assert.Equal(VeilErrorCode.InvalidModel, error.Code);
        Assert.Contains("no-such-model.onnx", error.Message, StringComparison.Ordinal);
    }

    private static float Similarity(float[] a, float[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
