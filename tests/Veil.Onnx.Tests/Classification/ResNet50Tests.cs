using Veil.Imaging;
using Veil.Kernels;
using Veil.Onnx.Classification;
using Veil.Onnx.Models;

namespace Veil.Onnx.Tests.Classification;

/// <summary>
/// The network beside another one: expected numbers come from a forward pass in NumPy, double precision, written from Keras'
/// definitions of the layers, that reads the same shards and nothing of this repository.
/// </summary>
public sealed class ResNet50Tests : IClassFixture<ResNet50Tests.Loaded>
{
    // The ImageNet class of each folder's name.
    private static readonly Dictionary<string, int> ClassOfFolder = new(StringComparer.Ordinal)
    {
        ["bear"] = 294, ["bird"] = 146, ["bottle"] = 440, ["bus"] = 779, ["car"] = 436, ["cat"] = 285,
        ["chair"] = 765, ["desk"] = 526, ["dog"] = 207, ["keyboard"] = 508, ["table"] = 532, ["viaduct"] = 888,
    };

    private readonly ResNet50 _network;

    public ResNet50Tests(Loaded loaded) => _network = loaded.Network;

    [Fact]
    public void The_most_probable_classes_are_those_of_NumPy()
    {
        using var picture = Draw();
        var scores = _network.Classify(picture);
        Assert.Equal([651, 412, 530, 851, 722], scores.Select(score => score.Index));
        Assert.Equal(["microwave", "ashcan", "digital clock", "television", "ping-pong ball"], scores.Select(score => score.Label));
        float[] expected = [0.45346f, 0.07859f, 0.06469f, 0.04863f, 0.03029f];
        Assert.All(expected.Zip(scores), pair => Assert.Equal(pair.First, pair.Second.Probability, 1e-4f));
        Assert.Equal(1, _network.Classify(picture, 1000).Sum(score => score.Probability), 1e-4f);
    }

    [Fact]
    public void Features_are_those_of_NumPy()
    {
        using var picture = Draw();
        var features = _network.Features(picture);
        float[] every128th = [1.3823f, 1.6828f, 2.4371f, 0.5522f, 0, 0.3365f, 0.0606f, 0.0126f, 0.0026f, 0.5608f, 0.1508f, 0.5354f, 0.0226f, 0, 0, 1.4822f];
        Assert.Equal(ResNet50.FeatureCount, features.Length);
        Assert.All(every128th.Index(), value => Assert.Equal(value.Item, features[128 * value.Index], 1e-3f));
        Assert.Equal(1027.6777, features.Sum(value => (double)value), 0.01);
    }

    [Fact]
    public void Several_pictures_at_once_are_as_one_after_the_other()
    {
        using var drawn = Draw();
        using var wide = new PixelBuffer(300, 20, PixelFormat.Rgb24);
        wide.Span.Fill(90);
        float[] expected = [.. _network.Features(drawn), .. _network.Features(wide), .. _network.Features(drawn)];
        Assert.All(expected.Zip(_network.Features([drawn, wide, drawn])), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));
    }

    [Fact]
    public void Weights_can_be_had_as_Keras_stores_them()
    {
        var weights = ResNet50.ReadWeights(Beside());
        Assert.Equal(320, weights.Count);
        Assert.Equal([7, 7, 3, 64], weights["conv1/kernel"].Shape);
        Assert.Equal([2048, 1000], weights["fc1000/kernel"].Shape);
        Assert.Equal(25_636_712, weights.Values.Sum(tensor => tensor.Floats.Length));
    }

    [Fact]
    public void Only_colour_pictures_are_taken()
    {
        using var grey = new PixelBuffer(4, 4, PixelFormat.Gray8);
        Assert.Contains("Gray8", Assert.Throws<ArgumentException>(() => _network.Features(grey)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => _network.Features([]));
    }

    [DataFact("classification-64/test")]
    public void Small_pictures_of_known_things_are_known()
    {
        // Four of each folder; of all 600, .902 are right when the network chooses among these twelve classes.
        var (right, all) = (0, 0);
        foreach (var (name, index) in ClassOfFolder)
        {
            foreach (var file in Directory.EnumerateFiles(SharedData.Path("classification-64", "test", name)).Order(StringComparer.Ordinal).Take(4))
            {
                using var picture = PictureFile.Open(file);
                using var rgb = PixelConversion.ToRgb24(picture.Frame(0));
                right += _network.Classify(rgb, 1000).First(score => ClassOfFolder.ContainsValue(score.Index)).Index == index ? 1 : 0;
                all++;
            }
        }

        Assert.True(right > 0.7 * all, $"{right} of {all} are right.");
    }

    // A disc on a ramp, with a pattern in blue: sharp edges, all colours, the same on every machine.
    private static PixelBuffer Draw()
    {
        var picture = new PixelBuffer(ResNet50.Side, ResNet50.Side, PixelFormat.Rgb24);
        for (var y = 0; y < picture.Height; y++)
        {
            var row = picture.Row(y);
            for (var x = 0; x < picture.Width; x++)
            {
                var disc = ((x - 112) * (x - 112)) + ((y - 112) * (y - 112)) < 70 * 70;
                row[3 * x] = (byte)(disc ? 230 : x);
                row[(3 * x) + 1] = (byte)(disc ? 120 : y);
                row[(3 * x) + 2] = (byte)(disc ? ((7 * x) + (3 * y)) % 64 : x * y % 256);
            }
        }

        return picture;
    }

    private static ModelStore Beside() => new([Path.Combine(AppContext.BaseDirectory, "models")], "unused");

    /// <summary>The network is loaded once for all tests.</summary>
    public sealed class Loaded : IDisposable
    {
        public ResNet50 Network { get; } = ResNet50.Load(Beside(), threads: 1);

        public void Dispose() => Network.Dispose();
    }
}
