using Veil.Evaluation.Runs;
using Veil.Evaluation.Utility;
using Veil.Imaging;
using Veil.Onnx.Classification;
using Veil.Onnx.Models;
using Veil.Pipeline;
using Veil.Regions;
using Veil.Torch;

namespace Veil.Cli.Measuring;

/// <summary>The networks with which utility is measured: ResNet-50 for features, libtorch for training. Holds what it loaded until it is disposed of.</summary>
internal sealed class UtilityNetworks : IDisposable
{
    /// <summary>One, so that features do not depend on how many processors there are; pictures are worked on side by side instead.</summary>
    private const int Threads = 1;

    private readonly IRegionProvider _provider;
    private readonly ResNet50? _backbone;

    /// <summary>Loads them. Fails here, before anything is measured, when one cannot be used.</summary>
    /// <param name="options">How to train.</param>
    /// <param name="finder">Where regions come from.</param>
    /// <param name="store">The models.</param>
    /// <exception cref="Errors.VeilException">A model or a library is missing.</exception>
    public UtilityNetworks(UtilityOptions options, RegionFinder finder, ModelStore store)
    {
        var library = TorchLibrary.Versions;
        Model = UsedModels.Describe(ResNet50.ModelId, store);
        IReadOnlyList<InitialWeight> weights = options.Protocol == TrainingProtocol.Finetune ? Weights(store) : [];
        _backbone = options.Protocol == TrainingProtocol.Frozen ? ResNet50.Load(store, Threads) : null;
        _provider = finder.CreateProvider();
        Adapters = new UtilityAdapters
        {
            Read = picture => PictureFile.ReadRgb24(picture.FullPath),
            Find = Find,
            InputLength = _backbone is null ? FinetuneInput.Length(options.Side) : ResNet50.FeatureCount,
            Encode = pixels => _backbone?.Features(pixels) ?? FinetuneInput.Of(pixels, options.Side),
            CreateClassifier = specification => TorchClassifiers.Create(specification, weights),
            Trainings = _backbone is null ? 1 : Environment.ProcessorCount,
            Identity = string.Join('\n', [CodeStamp.Of(typeof(ResNet50).Assembly, typeof(TorchClassifiers).Assembly), Model.Sha256, library, .. finder.Options.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"), .. finder.Models.Select(model => model.Sha256), finder.Fingerprint, $"{options.Protocol} {options.Side}"]),
        };
    }

    /// <summary>For the experiment.</summary>
    public UtilityAdapters Adapters { get; }

    /// <summary>ResNet-50, as reports name it.</summary>
    public ReportedModel Model { get; }

    public void Dispose()
    {
        _provider.Dispose();
        _backbone?.Dispose();
    }

    private IReadOnlyList<Region> Find(UtilityPicture picture, PixelBuffer pixels, CancellationToken cancel)
    {
        // The frame owns what it is given, and the pixels are still needed.
        using var frame = new Frame(pixels.Clone(), 0, TimeSpan.Zero);
        var item = new MediaItem(picture.FullPath, picture.Path, MediaItemOrigin.Named);
        var regions = _provider.Find(item, frame, cancel);
        _provider.Complete(item, 1);
        return regions;
    }

    private static IReadOnlyList<InitialWeight> Weights(ModelStore store) =>
        [.. ResNet50.ReadWeights(store).Values.Select(tensor => new InitialWeight(tensor.Name, tensor.Shape, tensor.Floats.ToArray()))];
}
