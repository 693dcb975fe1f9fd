using Veil.Detection;
using Veil.Errors;
using Veil.Identity;
using Veil.Imaging;
using Veil.Vision.Faces;

namespace Veil.Vision.Tests.Faces;

public class DlibFaceNetworkTests
{
    [VisionFact]
    public void A_face_in_other_light_stays_nearer_than_anybody_else()
    {
        using var network = new DlibFaceNetwork(FourPeople.Models);
        var faces = Faces();
        var own = faces.ConvertAll(face => network.Read(face)!);
        for (var i = 0; i < faces.Count; i++)
        {
            using var darker = faces[i].Clone();
            for (var y = 0; y < darker.Height; y++)
            {
                foreach (ref var value in darker.Row(y))
                {
                    value = (byte)(value * 4 / 5);
                }
            }

            var changed = network.Read(darker)!;
            Assert.Equal(i, Enumerable.Range(0, own.Count).MaxBy(other => own[other].Similarity(changed)));
            Assert.Equal(own[i].ToArray(), network.Read(faces[i])!.ToArray());
        }

        faces.ForEach(face => face.Dispose());
    }

    [VisionFact]
    public void The_chip_has_its_eyes_and_mouth_where_dlib_has_them()
    {
        using var network = new DlibFaceNetwork(FourPeople.Models);
        using var face = new PixelBuffer(FaceAlignment.Side, FaceAlignment.Side, PixelFormat.Rgb24);
        foreach (var (point, x, y) in new[] { (FaceAlignment.Points.LeftEye, 47.5, 46.6), (FaceAlignment.Points.RightEye, 100.5, 46.6), (FaceAlignment.Points.LeftMouth, 50.4, 103.0), (FaceAlignment.Points.RightMouth, 97.6, 103.0) })
        {
            face.Span.Clear();
            face.Row((int)point.Y)[3 * (int)point.X] = 255;
            using var chip = network.Chip(face);
            var brightest = Enumerable.Range(0, 150 * 150).MaxBy(i => chip.Row(i / 150)[3 * (i % 150)]);

            // Both shapes are means of other people; they fit each other within a few pixels.
            Assert.InRange(brightest % 150, x - 4, x + 4);
            Assert.InRange(brightest / 150, y - 4, y + 4);
        }
    }

    [VisionFact]
    public void Anything_but_an_aligned_face_or_the_model_is_refused()
    {
        using var network = new DlibFaceNetwork(FourPeople.Models);
        using var other = new PixelBuffer(150, 150, PixelFormat.Rgb24);
        Assert.Throws<ArgumentException>(() => network.Read(other));
        Assert.Equal(VeilErrorCode.InvalidModel, Assert.Throws<VeilException>(() => new DlibFaceNetwork(_ => [1, 2, 3])).Code);
    }

    private static List<PixelBuffer> Faces()
    {
        using var picture = FourPeople.Open();
        using var detector = new DetectorCatalog(VisionDetectors.List(FourPeople.Models)).Find("hog").Create(new DetectorOptions());
        using var landmarker = DlibLandmarker.Factory(FourPeople.Models)();
        using var frame = new Frame(picture.Clone(), 0, TimeSpan.Zero);
        return [.. detector.Detect(picture, CancellationToken.None).Select(face => FaceAlignment.Of(landmarker.Locate(picture, face)!.ToLandmarks())!.Cut(frame, out _))];
    }
}
