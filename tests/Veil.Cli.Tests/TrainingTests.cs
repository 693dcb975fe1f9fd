using Veil.Detection;
using Veil.Evaluation.Utility;
using Veil.Imaging;
using Veil.Onnx.Classification;
using Veil.Onnx.Faces;
using Veil.Onnx.Models;
using Veil.TensorFlowLite.Bodies;
using Veil.Torch;
using Veil.Vision;
using Veil.Vision.Faces;

namespace Veil.Tests;

/// <summary>Training beside everything else: the same network as ONNX Runtime's, in the same process as all other native libraries.</summary>
public sealed class TrainingTests
{
    [TorchFact]
    public void Features_before_training_are_those_of_onnx_runtime()
    {
        using var pictures = Picture.Decode(File.ReadAllBytes(People.Four));
        using var square = Square(pictures.Frame(0));
        using var network = ResNet50.Load(ModelStore.Default(), threads: 1);
        var expected = network.Features(square);

        using var classifier = TorchClassifiers.Create(
            new ClassifierSpecification { Protocol = TrainingProtocol.Finetune, Classes = 2, Side = 224, TrainedStages = 1 }, Weights(), new TorchOptions { Threads = 1 });
        var features = new float[2048];
        ((TorchClassifier)classifier).Features(Planes(square), features);

        Assert.InRange(expected.Max(), 1, 100);
        Assert.All(expected.Zip(features), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));
    }

    [TorchFact]
    public void Detectors_find_the_same_before_and_after_training_in_one_process()
    {
        using var picture = Picture.Decode(File.ReadAllBytes(People.Four));
        var store = ModelStore.Default();
        DetectorDescriptor[] detectors =
        [
            new OnnxDetectors(store).Default().Detector,
            EfficientDet.Describe(id => store.Read(ModelManifest.Find(id))),
            .. VisionLibrary.IsAvailable ? VisionDetectors.List(id => store.Read(ModelManifest.Find(id))) : [],
        ];
        var before = detectors.Select(Found).ToList();

        using var classifier = TorchClassifiers.Create(
            new ClassifierSpecification { Protocol = TrainingProtocol.Finetune, Classes = 2, Side = 32, LearningRate = 0.0001 }, Weights(), new TorchOptions { Threads = 1 });
        var inputs = new float[2 * classifier.InputLength];
        Array.Fill(inputs, 50, 0, classifier.InputLength);
        var first = classifier.Train(inputs, [0, 1]);
        for (var step = 0; step < 3; step++)
        {
            Assert.True(double.IsFinite(classifier.Train(inputs, [0, 1]).Loss));
        }

        Assert.True(double.IsFinite(first.Loss));
        Assert.Equal(before, detectors.Select(Found));
        Assert.Contains(": 4: ", before[0], StringComparison.Ordinal);

        string Found(DetectorDescriptor descriptor)
        {
            using var detector = descriptor.Create(new DetectorOptions());
            var regions = detector.Detect(picture.Frame(0), CancellationToken.None);
            return $"{descriptor.Id}: {regions.Count}: {string.Join("; ", regions.Select(region => $"{region.Box} {region.Score}"))}";
        }
    }

    private static IReadOnlyList<InitialWeight> Weights() =>
        [.. ResNet50.ReadWeights(ModelStore.Default()).Values.Select(tensor => new InitialWeight(tensor.Name, tensor.Shape, tensor.Floats.ToArray()))];

    // A part of a picture in the network's own size: nothing is resampled.
    private static PixelBuffer Square(PixelBuffer picture)
    {
        var square = new PixelBuffer(224, 224, PixelFormat.Rgb24);
        for (var y = 0; y < 224; y++)
        {
            picture.Row(y)[..(224 * 3)].CopyTo(square.Row(y));
        }

        return square;
    }

    // Blue, green, red, less Keras' means.
    private static float[] Planes(PixelBuffer square)
    {
        float[] means = [103.939f, 116.779f, 123.68f];
        var planes = new float[3 * 224 * 224];
        for (var i = 0; i < planes.Length; i++)
        {
            var (plane, y, x) = (i / (224 * 224), i / 224 % 224, i % 224);
            planes[i] = square.Row(y)[(3 * x) + 2 - plane] - means[plane];
        }

        return planes;
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class TorchFactAttribute : FactAttribute
    {
        public TorchFactAttribute() => Skip = TorchLibrary.IsAvailable ? null : TorchLibrary.WhyNot;
    }
}
