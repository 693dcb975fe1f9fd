using System.Collections.Concurrent;
using Veil.Anonymization;
using Veil.Engine.Runs;
using Veil.Errors;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil;

/// <summary>
/// Anonymizes people in pictures, films and folders of them. Everything that can be checked is checked when it is made; detectors
/// and networks are loaded with the first input and stay until it is disposed. Thread-safe: as many inputs are worked on at
/// a time as there are callers. Fails closed: where anything goes wrong, nothing is written.
/// </summary>
public sealed class Anonymizer : IDisposable
{
    private readonly Preparation _prepared;
    private readonly IAnonymizer _method;
    private readonly ProcessorPool _anonymizing;
    private readonly ProcessorPool _finding;
    private readonly ConcurrentBag<IRegionProvider> _providers = [];
    private readonly ConcurrentDictionary<MediaItem, IFrameObserver> _witnesses = new(ReferenceEqualityComparer.Instance);
    private readonly Lazy<KnownRegionsRun> _known;

    private Anonymizer(AnonymizerSettings settings, Preparation prepared)
    {
        (Settings, _prepared, _method) = (settings, prepared, prepared.Methods.Create());
        Warnings = [.. prepared.Methods.Warnings, .. _method.Remarks, .. prepared.Finder.Warnings];
        var recipe = prepared.Recipe;
        var (media, checking) = (recipe.CreateMedia(), recipe.Verify == VerifyOutput.Off ? null : Checking(prepared));
        _known = new Lazy<KnownRegionsRun>(() => new KnownRegionsRun(prepared));
        var watched = recipe with { CreateObserver = () => new ItemWitness(_witnesses) };
        _anonymizing = new ProcessorPool(beat => recipe.CreateProcessor(media, prepared.Finder, _method, checking, beat));
        _finding = new ProcessorPool(beat => watched.CreateProcessor(media, prepared.Finder, anonymizer: null, checking: null, beat));
    }

    /// <summary>What it was made of.</summary>
    public AnonymizerSettings Settings { get; }

    /// <summary>What the user should know, e.g. that a strength hides little.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>What would make results better, e.g. a model that is missing.</summary>
    public IReadOnlyList<string> Hints => _prepared.Finder.Hints;

    /// <summary>The models that take part, with their licences.</summary>
    public IReadOnlyList<ReportedModel> Models => _prepared.Models;

    /// <summary>Every option that changes the outcome, by the name that reports give it.</summary>
    public IReadOnlyDictionary<string, string> Options => _prepared.Describe(Settings);

    internal Preparation Prepared => _prepared;

    /// <summary>Makes one.</summary>
    /// <param name="settings">What to find and what happens to it; null for the defaults.</param>
    /// <param name="cancellationToken">Stops while reference photos are read.</param>
    /// <exception cref="VeilException">A setting is unknown or out of range, or something it needs is missing; the hint says what to do.</exception>
    public static Anonymizer Create(AnonymizerSettings? settings = null, CancellationToken cancellationToken = default)
    {
        settings ??= new AnonymizerSettings();
        return new Anonymizer(settings, Preparation.Create(settings, cancellationToken));
    }

    /// <summary>Anonymizes a picture or a film.</summary>
    /// <param name="input">A file.</param>
    /// <param name="output">Where the result goes: appears there whole, or not at all.</param>
    /// <param name="progress">Told after each frame; null for nobody.</param>
    /// <param name="cancellationToken">Abandons it; nothing is written then.</param>
    /// <returns>What happened. What is wrong with the input does not throw: look at <see cref="ItemResult.Status"/>, or call <see cref="ItemResult.EnsureDone"/>.</returns>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: the output would replace the input.</exception>
    /// <exception cref="OperationCanceledException">Abandoned.</exception>
    public ItemResult Anonymize(string input, string output, IProgress<ItemProgress>? progress = null, CancellationToken cancellationToken = default) =>
        _anonymizing.Process(Item(input), Target(input, output), progress, cancellationToken);

    /// <summary>Finds what <see cref="Anonymize(string, string, IProgress{ItemProgress}?, CancellationToken)"/> would cover; writes nothing.</summary>
    /// <param name="input">A picture or a film.</param>
    /// <param name="progress">Told after each frame; null for nobody.</param>
    /// <param name="cancellationToken">Abandons it.</param>
    /// <returns>With the regions of every frame, as found: not grown.</returns>
    /// <exception cref="OperationCanceledException">Abandoned.</exception>
    public ItemResult Find(string input, IProgress<ItemProgress>? progress = null, CancellationToken cancellationToken = default) =>
        _finding.Process(Item(input), target: null, progress, cancellationToken);

    /// <summary>Covers regions that are known: found earlier, edited or drawn by hand. Nothing is looked for, and <see cref="AnonymizerSettings.People"/> has no say.</summary>
    /// <param name="input">A picture or a film.</param>
    /// <param name="regions">Its regions, for every frame; of the same size as the input.</param>
    /// <param name="output">Where the result goes: appears there whole, or not at all.</param>
    /// <param name="progress">Told after each frame; null for nobody.</param>
    /// <param name="cancellationToken">Abandons it; nothing is written then.</param>
    /// <returns>As for <see cref="Anonymize(string, string, IProgress{ItemProgress}?, CancellationToken)"/>.</returns>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: the output would replace the input.</exception>
    /// <exception cref="OperationCanceledException">Abandoned.</exception>
    public ItemResult Apply(string input, RegionTimeline regions, string output, IProgress<ItemProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(regions);
        var item = Item(input);
        if (_prepared.Recipe.Verify == VerifyOutput.Off)
        {
            return _known.Value.Apply(item, regions, Target(input, output), progress, cancellationToken);
        }

        var known = _prepared.ForKnown(regions with { File = item.Name });
        var checking = Checking(known);
        using var processor = known.Recipe.CreateProcessor(known.Recipe.CreateMedia(), known.Finder, known.Methods.Create(), checking, now => progress?.Report(now));
        return processor.Process(item, Target(input, output), cancellationToken);
    }

    /// <summary>Finds what is to be covered in a picture in memory.</summary>
    /// <param name="picture">Upright pixels of any format; only read.</param>
    /// <param name="cancellationToken">Stops between faces.</param>
    /// <returns>Regions as found: not grown, in the picture's coordinates.</returns>
    /// <exception cref="VeilException">They cannot be known.</exception>
    public IReadOnlyList<Region> Find(PixelBuffer picture, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        using var frame = FrameOf(picture);
        var provider = _providers.TryTake(out var idle) ? idle : _prepared.Finder.CreateProvider();
        try
        {
            var regions = provider.Find(InMemory, frame, cancellationToken);
            return _prepared.Finder.People is { } people ? people.Choose(frame, regions, cancellationToken).Hidden : regions;
        }
        finally
        {
            _providers.Add(provider);
        }
    }

    /// <summary>Covers regions of a picture in memory.</summary>
    /// <param name="picture">Changed in place.</param>
    /// <param name="regions">In the picture's coordinates, as found: they are grown here.</param>
    /// <exception cref="VeilException">The method cannot work on them; the picture may not be shown then.</exception>
    public void Cover(PixelBuffer picture, IReadOnlyList<Region> regions)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(regions);
        using var frame = FrameOf(picture);
        FrameCover.Apply(frame, [.. regions.Select(region => _prepared.Recipe.Policies.Cover(region, frame.Width, frame.Height)).OfType<CoveredRegion>()], _method);
    }

    /// <summary>Anonymizes a picture in memory.</summary>
    /// <param name="picture">Changed in place.</param>
    /// <param name="cancellationToken">Stops between faces.</param>
    /// <returns>What was found and covered.</returns>
    /// <exception cref="VeilException">It could not be; the picture may not be shown then.</exception>
    public IReadOnlyList<Region> Anonymize(PixelBuffer picture, CancellationToken cancellationToken = default)
    {
        var regions = Find(picture, cancellationToken);
        Cover(picture, regions);
        return regions;
    }

    /// <summary>
    /// Anonymizes every picture and film of a folder, to any depth, into another folder. A run that was interrupted goes on where
    /// it was; the report <c>veil-report.json</c> is written beside the results.
    /// </summary>
    /// <param name="folder">The originals; they stay as they are.</param>
    /// <param name="output">The results, under the same names.</param>
    /// <param name="options">Workers and report; null for the defaults.</param>
    /// <param name="done">Told after each item; null for nobody.</param>
    /// <param name="cancellationToken">Abandons the items under way; results of others stay.</param>
    /// <returns>What happened, in numbers; items that failed do not throw.</returns>
    /// <exception cref="VeilException">Nothing could be started: no input, an output folder among the originals, a folder that cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Abandoned.</exception>
    public Task<RunCounts> AnonymizeFolderAsync(
        string folder, string output, FolderOptions? options = null, IProgress<ItemResult>? done = null, CancellationToken cancellationToken = default) =>
        new FolderRun(this, options ?? new FolderOptions()).ExecuteAsync(folder, output, done, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _anonymizing.Dispose();
        _finding.Dispose();
        if (_known.IsValueCreated)
        {
            _known.Value.Dispose();
        }

        while (_providers.TryTake(out var provider))
        {
            provider.Dispose();
        }
    }

    internal ItemResult Process(PlannedItem planned, IProgress<ItemProgress>? progress, CancellationToken cancellationToken) =>
        _anonymizing.Process(planned.Item, planned.Target, progress, cancellationToken);

    /// <summary>Finds, and shows every frame with its regions to somebody before it is gone.</summary>
    internal ItemResult Find(string input, IFrameObserver witness, IProgress<ItemProgress>? progress, CancellationToken cancellationToken)
    {
        var item = Item(input);
        _witnesses[item] = witness;
        try
        {
            return _finding.Process(item, target: null, progress, cancellationToken);
        }
        finally
        {
            _witnesses.TryRemove(item, out _);
        }
    }

    /// <summary>Covers known regions of a picture in memory, as <see cref="Apply"/> does in a file: what methods need to know of them beside is found.</summary>
    internal void CoverKnown(PixelBuffer picture, IReadOnlyList<Region> regions, CancellationToken cancellationToken) => _known.Value.Cover(picture, regions, cancellationToken);

    /// <summary>What <see cref="Apply"/> remembers from frame to frame of a film.</summary>
    internal FilmMemory FilmMemory => _known.Value.Memory;

    /// <summary>Begins a film of frames in memory, each covered as <see cref="Apply"/> does in a file that consists of them.</summary>
    internal FilmCover BeginFilm() => _known.Value.Begin();

    private static MediaItem InMemory { get; } = new("", "picture", MediaItemOrigin.Named);

    private static Frame FrameOf(PixelBuffer picture) => new(picture.View(picture.Bounds), 0, TimeSpan.Zero);

    private static Engine.Verification.OutputChecking Checking(Preparation prepared) => prepared.Finder.People is null
        ? Engine.Verification.OutputChecking.Create(prepared.Recipe, prepared.Finder)
        : throw new VeilException(
            VeilErrorCode.InvalidOption, "Checking outputs takes faces of people who stay clear for faces left visible.", "Leave one of the two out, and look at the results.");

    private static MediaItem Item(string input)
    {
        ArgumentException.ThrowIfNullOrEmpty(input);
        var path = Path.GetFullPath(input);
        return new MediaItem(path, Path.GetFileName(path), MediaItemOrigin.Named);
    }

    private static string Target(string input, string output)
    {
        ArgumentException.ThrowIfNullOrEmpty(output);
        var real = new RealPath();
        var target = Path.GetFullPath(output);
        return real.OfFile(Path.GetFullPath(input)) != real.OfFile(target) ? target : throw new VeilException(
            VeilErrorCode.InvalidOption, $"The output '{output}' is the input.", "Name another file; the original stays as it is.");
    }
}
