using System.Text;
using System.Text.Json;
using Veil.Engine.Runs;
using Veil.Errors;
using Veil.Pipeline;
using Veil.Studio.Projects;
using Veil.Video.Proxies;

namespace Veil.Studio.Films.Previews;

/// <summary>Makes pieces of a film's result with the engine itself, in the proxy's size: what is seen is what covering does, never an original.</summary>
/// <param name="path">The film.</param>
/// <param name="size">Of the proxy.</param>
/// <param name="segments">Its pieces.</param>
/// <param name="settings">How things are covered.</param>
internal sealed class ResultRenderer(string path, ProxySize size, ProxySegments segments, AnonymizerSettings settings) : IDisposable
{
    // Regions are known: nobody is looked for, told apart or followed.
    private readonly Lazy<Anonymizer> _anonymizer = new(() => Anonymizer.Create(settings with { People = null, Tracking = null, Verify = VerifyOutput.Off }));

    /// <summary>What the methods remember from frame to frame: pieces begin without it.</summary>
    public FilmMemory Memory => _anonymizer.Value.FilmMemory;

    /// <summary>The settings as text: pieces that were made with others are other ones.</summary>
    public string Settings { get; } = Text(settings);

    /// <summary>Makes pieces in a row.</summary>
    /// <param name="regions">What is covered.</param>
    /// <param name="first">The first piece.</param>
    /// <param name="count">How many.</param>
    /// <param name="done">Told of each, with its number and file, on another thread.</param>
    /// <param name="cancellationToken">Abandons it; what is done stays.</param>
    /// <exception cref="VeilException">They cannot be made.</exception>
    public void Render(ReviewedItem regions, int first, int count, Action<int, byte[]> done, CancellationToken cancellationToken)
    {
        var from = ProxySegments.First(first);
        var frames = Enumerable.Range(first, count).Sum(segments.Frames);
        using var excerpt = FilmExcerpt.Open(path, size, segments.Times, from, frames, cancellationToken);
        var item = new MediaItem(path, "film", MediaItemOrigin.Named);
        var known = _anonymizer.Value.Prepared.ForKnown(ReducedRegions.Timeline(item.Name, regions, size, from, frames));
        var made = 0;
        var media = new ResultProxyMedia(excerpt, () => new ResultProxySink(size, segments, first, (segment, file) =>
        {
            made++;
            done(segment, file);
        }));
        using var processor = known.Recipe.CreateProcessor(media, known.Finder, known.Methods.Create(), checking: null, _ => { });
        processor.Process(item, "preview", cancellationToken).EnsureDone();
        if (made != count)
        {
            throw new VeilException(VeilErrorCode.EncodeFailed, $"Expected {count} pieces of {frames} frames, but {made} came out.", "If the film was changed, add it to a new project.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_anonymizer.IsValueCreated)
        {
            _anonymizer.Value.Dispose();
        }
    }

    private static string Text(AnonymizerSettings settings)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            AnonymizerSettingsJson.Write(json, settings with { People = null });
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }
}
