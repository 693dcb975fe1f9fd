using System.Collections.Immutable;
using System.Numerics;
using Veil.Detection;
using Veil.Identity;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Onnx.Embedding;
using Veil.Onnx.Faces;
using Veil.Onnx.Generation;
using Veil.Onnx.Models;
using Veil.Regions;
using Veil.TensorFlowLite.Faces;

namespace Veil.FaceChoice;

/// <summary>Generates faces and measures them. Not thread-safe.</summary>
internal sealed class FaceLooks : IDisposable
{
    private const int Tiles = 16;

    /// <summary>MediaPipe's points of cheeks, forehead and the sides of the mouth: skin, whatever the pose.</summary>
    private static readonly ImmutableArray<int> Skin = [50, 280, 151, 205, 425];

    private readonly FaceGenerator _generator;
    private readonly IRegionDetector _detector;
    private readonly IFaceLandmarker _landmarker;
    private readonly FaceEmbedder _embedder;
    private readonly FaceMaker _maker;

    public FaceLooks(ModelStore store)
    {
        _generator = FaceGenerator.Load(store, threads: 1);
        _detector = new OnnxDetectors(store).All.First(detector => detector.Id == "retinaface").Create(new DetectorOptions());
        _landmarker = MediaPipeLandmarker.Describe(id => store.Read(ModelManifest.Find(id))).Create();
        _embedder = new FaceEmbedder("sface", store.Read(ModelManifest.Find("sface")), FaceEmbeddingInput.SFace);
        _maker = new FaceMaker(_generator, _landmarker.Locate);
    }

    /// <summary>Measures the face of a seed.</summary>
    /// <returns>Null where the detector or the landmark network sees no face.</returns>
    public FaceLook? Read(ulong seed)
    {
        using var made = _maker.Make(new FaceSource(seed, FaceLatent.OfSeed(seed)));
        if (made.Points is not { } points || _detector.Detect(made.Picture, CancellationToken.None).MaxBy(face => face.Score) is not { Landmarks: not null } found
            || _landmarker.Locate(made.Picture, found) is not { } again || FaceAlignment.Of(points.ToLandmarks()) is not { } alignment)
        {
            return null;
        }

        using var frame = new Frame(made.Picture.View(made.Picture.Bounds), 0, TimeSpan.Zero);
        using var aligned = alignment.Cut(frame, out _);
        if (_embedder.Read(aligned) is not { } embedding)
        {
            return null;
        }

        var five = points.ToLandmarks();
        var (eyes, mouth) = ((five.LeftEye + five.RightEye) / 2, (five.LeftMouth + five.RightMouth) / 2);
        var length = Vector2.Distance(eyes, mouth);
        var down = (mouth - eyes) / length;
        var across = new Vector2(down.Y, -down.X);
        return new FaceLook
        {
            Seed = seed,
            Score = found.Score,
            Doubt = points.Points.Zip(again.Points, Vector2.Distance).Average(),
            Roll = five.Roll * 180 / MathF.PI,
            Yaw = Vector2.Dot(five.Nose - ((eyes + mouth) / 2), across) / length,
            Pitch = Vector2.Dot(five.Nose - eyes, down) / length,
            Mouth = Vector2.Distance(points.Points[13], points.Points[14]) / length,
            Luma = Luma(made.Picture, points),
            Embedding = embedding,
            Tiles = Reduce(made.Picture),
        };
    }

    public void Dispose()
    {
        _embedder.Dispose();
        _landmarker.Dispose();
        _detector.Dispose();
        _generator.Dispose();
    }

    private static float Luma(PixelBuffer face, FacePoints points)
    {
        var lumas = Skin.Select(index => points.Points[index]).Select(point =>
        {
            var pixel = face.Row(Math.Clamp((int)point.Y, 0, face.Height - 1)).Slice(3 * Math.Clamp((int)point.X, 0, face.Width - 1), 3);
            return (0.299f * pixel[0]) + (0.587f * pixel[1]) + (0.114f * pixel[2]);
        });
        return lumas.Order().ElementAt(Skin.Length / 2);
    }

    private static float[] Reduce(PixelBuffer face)
    {
        var tiles = new byte[Tiles * Tiles * 3];
        Resampler.Apply(face.Span, face.Stride, face.Width, face.Height, tiles, Tiles * 3, Tiles, Tiles, 3, Resampling.Area);
        return [.. tiles.Select(value => (float)value)];
    }
}
