using System.Security.Cryptography;
using System.Text;
using Veil.Anonymization;
using Veil.Errors;
using Veil.Evaluation.Runs;
using Veil.Evaluation.Treatments;
using Veil.Evaluation.Utility;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Evaluation.Tests.Utility;

/// <summary>Pictures of 8×8 whose class is their colour, with noise; nothing is read from disk. Counts what is asked of it.</summary>
internal sealed class Colours
{
    private const int Side = 8;
    private static readonly string[] Names = ["blue", "green", "red"];

    private readonly Lock _gate = new();

    public static UtilityOptions Options { get; } = new() { Seeds = 2, Epochs = 6, Patience = 3, BatchSize = 8, LearningRate = 0.05 };

    public static AnonymizerCatalog Methods { get; } = new(new MethodEngines { Stickers = _ => new PixelBuffer(1, 1, PixelFormat.Rgba32) });

    /// <summary>Pictures that were encoded, in no order.</summary>
    public List<string> Encoded { get; } = [];

    /// <summary>Every classifier that was made.</summary>
    public List<(ClassifierSpecification Specification, SoftmaxRegression Classifier)> Made { get; } = [];

    /// <summary>What is covered; the whole picture by default.</summary>
    public Func<UtilityPicture, IReadOnlyList<Region>> Find { get; init; } = _ => [new Region(new Box(0, 0, Side, Side), RegionKind.Image, 1, new RegionOrigin(RegionSource.Request))];

    /// <summary>How many are trained at the same time.</summary>
    public int Trainings { get; init; } = 1;

    /// <summary>Called before each picture is encoded.</summary>
    public Action<int> BeforeEncoding { get; init; } = _ => { };

    /// <summary>Called before each classifier is made, with how many there were.</summary>
    public Action<int> BeforeMaking { get; init; } = _ => { };

    public UtilityAdapters Adapters => new()
    {
        Read = Draw,
        Find = (picture, _, _) => Find(picture),
        InputLength = 12,
        Encode = Encode,
        CreateClassifier = Make,
        Identity = "colours",
        Workers = 2,
        Trainings = Trainings,
    };

    public static UtilityDataset Dataset(int train = 10, int test = 5, int validation = 0, IReadOnlyList<string>? classes = null) => UtilityDataset.Create(
        "colours", classes ?? Names,
        (classes ?? Names).SelectMany((name, label) =>
            new[] { (UtilitySplit.Train, "train", train), (UtilitySplit.Validation, "val", validation), (UtilitySplit.Test, "test", test) }
                .SelectMany(split => Enumerable.Range(0, split.Item3).Select(index => Picture($"{split.Item2}/{name}/{index}.png", label, split.Item1)))),
        []);

    public static UtilityPicture Picture(string path, int label, UtilitySplit split) =>
        new(path, "/nowhere/" + path, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path))), label, split);

    public static IReadOnlyList<Treatment> Treatments(params string[] words) => TreatmentList.Parse(words, Methods);

    /// <summary>Pictures that are encoded to time them: twice by two workers.</summary>
    public static int Timed(int treatments) => 4 * treatments;

    /// <summary>A method that fails on pictures whose first pixel is as blue as this.</summary>
    public static Treatment FailingOn(byte blue) => new("failing", AnonymizerDescriptor.Of<FailingOptions>("failing", "Fails.", Guarantee.Irreversible, _ => new Failing(blue)), new FailingOptions());

    public UtilityResult Run(UtilityDataset dataset, IReadOnlyList<Treatment> treatments, UtilityOptions? options = null, TemporaryFolder? folder = null, MeasurementJournal? journal = null, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        using var own = new TemporaryFolder();
        using var forgotten = MeasurementJournal.InMemory();
        return UtilityExperiment.Run(dataset, treatments, options ?? Options, Adapters, new DirectoryInfo((folder ?? own).FullPath), journal ?? forgotten, progress, cancel);
    }

    private static PixelBuffer Draw(UtilityPicture picture)
    {
        var pixels = new PixelBuffer(Side, Side, PixelFormat.Rgb24);
        var random = new SplitMix64(Convert.ToUInt64(picture.Sha256[..16], 16));
        for (var i = 0; i < pixels.Span.Length; i++)
        {
            pixels.Span[i] = (byte)((i % 3 == 2 - picture.Class ? 90 : 60) + random.Below(80));
        }

        return pixels;
    }

    private float[] Encode(PixelBuffer pixels)
    {
        lock (_gate)
        {
            BeforeEncoding(Encoded.Count);
            Encoded.Add(Convert.ToHexString(pixels.Span));
        }

        var input = new float[12];
        for (var y = 0; y < Side; y++)
        {
            for (var i = 0; i < 3 * Side; i++)
            {
                input[(6 * (y / 4)) + (3 * (i / 12)) + (i % 3)] += (pixels.Row(y)[i] - 110) / 160f;
            }
        }

        return input;
    }

    private SoftmaxRegression Make(ClassifierSpecification specification)
    {
        lock (_gate)
        {
            BeforeMaking(Made.Count);
            var classifier = new SoftmaxRegression(specification, 12);
            Made.Add((specification, classifier));
            return classifier;
        }
    }

    private sealed record FailingOptions : MethodOptions;

    private sealed class Failing(byte blue) : IAnonymizer
    {
        public void Apply(PixelBuffer image, Region region, RegionMask mask)
        {
            if (image.Row(0)[2] >= blue)
            {
                throw new VeilException(VeilErrorCode.AnonymizationFailed, "Too blue.");
            }

            image.Span.Clear();
        }
    }
}
