using Veil.Datasets;
using Veil.Datasets.Finding;
using Veil.Errors;
using Veil.Evaluation.Coco;
using Veil.Evaluation.Detection;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Cli.Measuring;

/// <summary>Pictures with what is annotated in them, for measuring against it and for finding what to anonymize.</summary>
internal sealed class AnnotatedPictures : IDisposable
{
    private const string AnnotationsFolder = "annotations";

    private readonly IDatasetReader? _reader;
    private readonly Dictionary<string, DatasetPicture> _sources;
    private readonly Dictionary<string, IReadOnlyList<TruthShape>> _shapes;

    private AnnotatedPictures(IReadOnlyList<string> files, IDatasetReader? reader, IReadOnlyList<CocoPicture> pictures, Dictionary<string, IReadOnlyList<TruthShape>> shapes, Dictionary<string, DatasetPicture> sources) =>
        (Files, _reader, Pictures, _shapes, _sources) = (files, reader, pictures, shapes, sources);

    /// <summary>The files that hold the annotations.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The kinds of regions that can be told from them.</summary>
    public IReadOnlyList<RegionKind> Kinds => _reader is null ? [RegionKind.Face] : AnnotatedKinds.Of(_reader.Categories);

    /// <summary>The pictures, in the order of the annotations.</summary>
    public IReadOnlyList<CocoPicture> Pictures { get; }

    /// <summary>Whether a file holds faces as docs/detection.md describes them, and is not one of COCO's.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidGroundTruth"/>: it cannot be read.</exception>
    public static bool IsListOfFaces(FileInfo file)
    {
        try
        {
            using var stream = file.OpenRead();
            int first;
            do
            {
                first = stream.ReadByte();
            }
            while (first is ' ' or '\t' or '\r' or '\n' or 0xEF or 0xBB or 0xBF);
            return first == '[';
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.InvalidGroundTruth, $"Expected annotations in '{file}', but it cannot be read: {error.Message}", "Name the JSON file.", error);
        }
    }

    /// <summary>Faces from a list.</summary>
    public static AnnotatedPictures OfFaces(FileInfo file)
    {
        var root = Path.GetDirectoryName(file.FullName)!;
        var marked = GroundTruth.Read(file.FullName).Select(picture => (Name: Path.GetRelativePath(root, picture.File).Replace('\\', '/'), picture.File, Shapes: (IReadOnlyList<TruthShape>)[.. picture.Faces.Select(Shape)])).ToList();
        if (marked.CountBy(picture => picture.Name).FirstOrDefault(one => one.Value > 1) is { Value: > 1 } twice)
        {
            throw new VeilException(VeilErrorCode.InvalidGroundTruth, $"'{file}' names {twice.Key} {twice.Value} times.", "Name each picture once, with all its faces.");
        }

        return new AnnotatedPictures([file.FullName], null, [.. marked.Select(picture => Picture(picture.Name, picture.File, picture.Shapes))], marked.ToDictionary(picture => picture.Name, picture => picture.Shapes, StringComparer.Ordinal), []);

        static TruthShape Shape(AnnotatedFace face)
        {
            var box = CocoBox.From(face.Box);
            return new TruthShape(new CocoTruth(box.Area, face.Ignored ? CocoTruthKind.Ignored : CocoTruthKind.Counted), box);
        }
    }

    /// <summary>People from a COCO file, with what its neighbours say of the same people.</summary>
    /// <param name="file">E.g. <c>annotations/instances_val2017.json</c>.</param>
    /// <param name="shape">What of a person is measured.</param>
    /// <param name="reading">How the dataset is read.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidGroundTruth"/> or <see cref="VeilErrorCode.InvalidDataset"/>: it cannot be used.</exception>
    public static AnnotatedPictures OfCoco(FileInfo file, Func<DatasetObject, PictureSize, TruthShape> shape, DatasetReadOptions reading)
    {
        if (!file.Exists)
        {
            throw new VeilException(VeilErrorCode.InvalidGroundTruth, $"Expected annotations in '{file}', but there is no such file.", "Name the JSON file, e.g. annotations/instances_val2017.json.");
        }

        var folder = file.Directory!;
        var root = folder.Name.Equals(AnnotationsFolder, StringComparison.OrdinalIgnoreCase) && folder.Parent is { } parent ? parent : folder;
        var reader = DatasetCatalog.Find("coco", root.FullName).Open(root.FullName, reading);
        try
        {
            var annotations = reader.Files().FirstOrDefault(one => one.Role == DatasetFileRole.Annotations && one.FullPath == file.FullName) ?? throw new VeilException(
                VeilErrorCode.InvalidGroundTruth, $"'{file}' does not lie where COCO keeps annotations.", "It belongs into annotations/ beside the folder of pictures, e.g. annotations/instances_val2017.json for val2017.");
            var (pictures, shapes, sources) = (new List<CocoPicture>(), new Dictionary<string, IReadOnlyList<TruthShape>>(StringComparer.Ordinal), new Dictionary<string, DatasetPicture>(StringComparer.Ordinal));
            foreach (var source in reader.Pictures().Where(picture => picture.Annotations != AnnotationState.Absent && picture.IsIn(split => split == annotations.Split)))
            {
                var size = source.AnnotatedSize ?? throw new VeilException(VeilErrorCode.InvalidDataset, $"{source.Place}: expected the picture's width and height, but there are none.");
                shapes[source.Path] = [.. source.ReadObjects().Where(found => found.Category.IsPeople).Select(person => shape(person, size))];
                sources[source.Path] = source;
                pictures.Add(Picture(source.Path, source.FullPath, shapes[source.Path]));
            }

            return new AnnotatedPictures([.. reader.Files().Where(one => one.Role == DatasetFileRole.Annotations && one.Split == annotations.Split).Select(one => one.FullPath)], reader, pictures, shapes, sources);
        }
        catch (FormatException error)
        {
            reader.Dispose();
            throw new VeilException(VeilErrorCode.InvalidDataset, $"'{file}': {error.Message}", "Correct the annotation.", error);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>What is annotated in a picture.</summary>
    /// <param name="picture">One of <see cref="Pictures"/>.</param>
    /// <param name="image">What is compared with it.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidDataset"/>: the annotations are for a picture of another size, so that nothing lies where they say.</exception>
    public IReadOnlyList<TruthShape> ShapesOf(CocoPicture picture, PixelBuffer image)
    {
        if (_sources.TryGetValue(picture.Name, out var source))
        {
            AnnotatedRegions.RequireSize(source, new PictureSize(image.Width, image.Height));
        }

        return _shapes[picture.Name];
    }

    /// <summary>Regions from the annotations.</summary>
    /// <param name="kinds">Kinds that the annotations have.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: they do not have them.</exception>
    public IRegionProvider Regions(IReadOnlyList<RegionKind> kinds)
    {
        if (_reader is null)
        {
            return kinds is [RegionKind.Face] ? new MarkedFaces(this)
                : throw new VeilException(VeilErrorCode.InvalidOption, "A list of faces says where faces are, and nothing else.", "Say --anonymize faces, or --regions detect.");
        }

        AnnotatedKinds.Require(_reader.Categories, kinds);
        return new AnnotatedRegions(SourceOf, kinds, IncompleteAnnotations.Refuse);
    }

    /// <summary>Regions that are found, where the annotations say that somebody is.</summary>
    public IRegionProvider Matched(IRegionProvider found, IReadOnlyList<RegionKind> kinds) => _reader is null
        ? throw new VeilException(VeilErrorCode.InvalidOption, "--regions matched is for COCO's annotations of people.", "Say --regions annotations or --regions detect.")
        : new MatchedRegions(found, SourceOf, kinds, MatchPolicy.CoverAll);

    public void Dispose() => _reader?.Dispose();

    private static CocoPicture Picture(string name, string file, IReadOnlyList<TruthShape> shapes) => new(name, file, [.. shapes.Select(shape => shape.Truth)]);

    private DatasetPicture SourceOf(MediaItem item) => _sources[item.Name];

    /// <summary>The faces of a list as regions.</summary>
    private sealed class MarkedFaces(AnnotatedPictures pictures) : IRegionProvider
    {
        public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken) =>
        [
            .. pictures._shapes[item.Name].Where(shape => shape.Box.Area > 0)
                .Select(shape => new Region(Box.FromSize((float)shape.Box.X, (float)shape.Box.Y, (float)shape.Box.Width, (float)shape.Box.Height), RegionKind.Face, 1, new RegionOrigin(RegionSource.Annotation)).Rounded()),
        ];

        public void Dispose()
        {
        }
    }
}
