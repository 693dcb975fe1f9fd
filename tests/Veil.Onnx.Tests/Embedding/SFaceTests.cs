using Veil.Identity;
using Veil.Imaging;
using Veil.Onnx.Embedding;
using Veil.Onnx.Models;
using Veil.Regions;

namespace Veil.Onnx.Tests.Embedding;

/// <summary>
/// Alignment and network beside OpenCV 4.6: <c>FaceRecognizerSF.alignCrop</c> and <c>feature</c> on two generated people,
/// with the same points less half a pixel (OpenCV counts from pixel centres).
/// </summary>
public sealed class SFaceTests
{
    private static readonly FaceLandmarks First = new(new(91.61f, 114.33f), new(152.56f, 114.25f), new(127.92f, 146.57f), new(91.03f, 170.79f), new(149.51f, 170.87f));
    private static readonly FaceLandmarks Last = new(new(568.01f, 115.04f), new(632.08f, 113.13f), new(604.79f, 146.45f), new(568.53f, 176.02f), new(634.86f, 174.38f));

    // In thousandths.
    private static readonly short[] FirstByOpenCv =
    [
        -5, -19, -16, 87, -17, 150, 49, -40, -56, 0, -2, -114, -27, -96, 114, 107, -107, 34, -29, -53, -97, 65, -108, -54, -69, 82, -32, 23,
        -48, 58, 34, 69, -170, 101, 73, 204, -181, 35, -10, -30, -13, -100, 9, 45, -67, 160, -28, 65, -163, 35, -30, -80, 9, -52, 6, -22,
        140, -110, -50, -4, 113, 99, -45, 41, 58, 67, -5, 8, -2, -30, 77, -27, -13, -124, 56, -108, 45, 72, -114, 103, -58, 96, -116, -13,
        171, -78, -80, -56, 153, -117, 49, 12, 69, 41, -255, -30, 32, 50, -137, -102, 43, -11, -5, -230, 15, -89, 71, 99, 133, 178, -51,
        -100, -80, 35, 89, -126, 13, 113, 170, -126, -60, -188, -3, -64, 66, -66, -60, -34,
    ];

    private static readonly short[] LastByOpenCv =
    [
        -19, -11, 170, 7, 8, 143, -70, -38, -21, -4, -54, 44, -40, -55, -37, 12, -129, -95, -298, 51, -242, 245, 55, -105, 50, -240, -23,
        122, 139, -2, -14, 26, -90, -118, 109, -1, -50, 198, -50, 112, 94, 138, 35, -28, -137, 45, 22, 65, 17, -46, -32, 119, -69, 10, -10,
        15, 1, 47, 12, 51, 109, 229, -63, -42, -47, -72, 124, -47, -104, -3, 126, 0, -107, 149, 138, 20, -8, -63, 46, 46, 39, 72, -3, -78,
        -24, 19, 87, -140, 123, -109, -34, 10, -23, 5, -181, -28, 65, -10, -64, -38, -33, -100, -107, -93, -47, 46, -5, 73, -108, -32, 18,
        8, 42, 60, 45, 133, -66, -62, -45, -84, -63, -37, 41, 47, 77, -51, 10, -49,
    ];

    [Fact]
    public void An_embedding_is_that_of_OpenCv()
    {
        using var network = Load();
        using var frame = Open();

        Assert.True(Read(network, frame, First).Similarity(OpenCv(FirstByOpenCv)) > 0.99f);
        Assert.True(Read(network, frame, Last).Similarity(OpenCv(LastByOpenCv)) > 0.99f);
    }

    [Fact]
    public void Two_people_are_strangers_and_a_moved_point_makes_nobody_one()
    {
        using var network = Load();
        using var frame = Open();
        var first = Read(network, frame, First);

        Assert.Equal(PersonVerdict.Stranger, new PersonPolicy().Judge(first.Similarity(Read(network, frame, Last))));
        Assert.True(first.Similarity(Read(network, frame, First with { Nose = First.Nose + new System.Numerics.Vector2(2, -1) })) > 0.9f);
    }

    [Fact]
    public void The_same_pixels_give_the_same_numbers_on_many_threads()
    {
        using var network = Load();
        using var frame = Open();
        using var face = FaceAlignment.Of(First)!.Cut(frame, out _);
        var expected = network.Read(face)!.ToArray();
        var read = new float[8][];

        Parallel.For(0, read.Length, i => read[i] = network.Read(face)!.ToArray());

        Assert.All(read, values => Assert.Equal(expected, values));
    }

    private static FaceEmbedder Load() => new("sface", ModelStore.Default().Read(ModelManifest.Find("sface")), FaceEmbeddingInput.SFace);

    private static Frame Open()
    {
        using var picture = PictureFile.Open(DocumentationPictures.FourPeople);
        return new Frame(picture.TakeFrame(0), 0, TimeSpan.Zero);
    }

    private static FaceEmbedding Read(FaceEmbedder network, Frame frame, FaceLandmarks landmarks)
    {
        using var face = FaceAlignment.Of(landmarks)!.Cut(frame, out _);
        return network.Read(face)!;
    }

    private static FaceEmbedding OpenCv(short[] thousandths) => FaceEmbedding.Of([.. thousandths.Select(value => value / 1000f)])!;
}
