using Veil.Cli.Options;
using Veil.Datasets;
using Veil.Datasets.Finding;
using Veil.Errors;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Cli.Datasets;

/// <summary>The annotations of a dataset, for finding regions. They are looked up by the first worker that asks. Thread-safe.</summary>
internal sealed class DatasetAnnotations : IDisposable
{
    private readonly DatasetSettings _settings;
    private readonly Lazy<IDatasetReader> _reader;
    private readonly Lazy<Dictionary<string, DatasetPicture>> _pictures;

    public DatasetAnnotations(DatasetSettings settings)
    {
        _settings = settings;
        _reader = new(() => settings.Format.Open(settings.Root, settings.Reading));
        _pictures = new(() =>
        {
            var choice = SplitChoice.Of(settings, _reader.Value.Splits);
            return _reader.Value.Pictures().Where(picture => picture.IsIn(choice.Includes)).ToDictionary(picture => picture.Path, StringComparer.Ordinal);
        });
    }

    /// <summary>Regions from annotations alone.</summary>
    public RegionFinder Finder(IReadOnlyList<RegionKind> kinds)
    {
        Require(kinds);
        return new RegionFinder(
            () => new AnnotatedRegions(Picture, kinds, _settings.Incomplete),
            new Dictionary<string, string> { ["find"] = Names(kinds), ["unannotated"] = RegionJson.NameOf(_settings.Incomplete) }, [], []);
    }

    /// <summary>Regions from detections, matched with annotations.</summary>
    public RegionFinder Matched(RegionFinder detections, IReadOnlyList<RegionKind> kinds)
    {
        Require(kinds);
        return detections with
        {
            CreateProvider = () => new MatchedRegions(detections.CreateProvider(), Picture, kinds, _settings.Match),
            Options = new Dictionary<string, string>(detections.Options) { ["match"] = RegionJson.NameOf(_settings.Match) },
        };
    }

    public void Dispose()
    {
        if (_reader.IsValueCreated)
        {
            _reader.Value.Dispose();
        }
    }

    private static string Names(IReadOnlyList<RegionKind> kinds) => string.Join(',', kinds.Select(kind => RegionJson.NameOf(kind)));

    private void Require(IReadOnlyList<RegionKind> kinds)
    {
        if (kinds.Contains(RegionKind.Image))
        {
            throw new VeilException(
                VeilErrorCode.InvalidOption, "Whole pictures are to be covered, and annotations say nothing about that.", "Leave out --regions, or --find image and presets for whole pictures.");
        }

        AnnotatedKinds.Require(_reader.Value.Categories, kinds);
    }

    private DatasetPicture Picture(MediaItem item) => _pictures.Value.TryGetValue(item.Name, out var picture) ? picture
        : throw new VeilException(VeilErrorCode.InvalidDataset, "The dataset has no entry for this picture any more.", "Restore its annotation files as they were when the run began.");
}
