using System.Collections.Concurrent;
using Veil.Engine.Runs;
using Veil.Errors;
using Veil.Regions;

namespace Veil.Studio.Projects;

/// <summary>Regions, originals and results of items. Thread-safe.</summary>
/// <param name="projects">The projects.</param>
/// <param name="files">Their regions.</param>
/// <param name="anonymizers">Cover.</param>
internal sealed class ItemViews(IProjects projects, RegionFiles files, Anonymizers anonymizers) : IItemViews
{
    private const long MostDecodedBytes = 384L << 20;
    private const int MostFound = 32;

    private readonly DecodedFrames _decoded = new(MostDecodedBytes);
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _trials = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyList<Region>> _found = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<ReviewedItem?> RegionsAsync(string project, string item, CancellationToken cancellationToken) => Task.Run(() => files.Read(project, item), cancellationToken);

    /// <inheritdoc/>
    public Task SaveAsync(string project, string item, ReviewedItem regions, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            files.Write(project, item, regions);
            projects.ChangeItem(project, item, before => before.Edited(regions));
        },
        cancellationToken);

    /// <inheritdoc/>
    public async Task<EncodedPicture> OriginalAsync(string project, string item, int frame, int longest, CancellationToken cancellationToken)
    {
        var (_, known) = Require(project, item);
        var decoded = await DecodeAsync(project, known, frame, cancellationToken).ConfigureAwait(false);
        return await Task.Run(() => BrowserPictures.Encode(decoded.Pixels, longest), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<EncodedPicture> ResultAsync(string project, string item, int frame, int longest, AnonymizerSettings? settings, CancellationToken cancellationToken)
    {
        var (owner, known) = Require(project, item);
        if (settings is null)
        {
            return await CoverAsync(owner, known, frame, longest, owner.Settings, cancellationToken).ConfigureAwait(false);
        }

        // A slider asks many times a second; only what it asked last is looked at.
        using var trial = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var place = project + "/" + item;
        _trials.AddOrUpdate(place, trial, (_, older) =>
        {
            CancelQuietly(older);
            return trial;
        });
        try
        {
            return await CoverAsync(owner, known, frame, longest, settings, trial.Token).ConfigureAwait(false);
        }
        finally
        {
            _trials.TryRemove(KeyValuePair.Create(place, trial));
        }
    }

    /// <summary>A frame of an item, decoded.</summary>
    public async Task<DecodedFrame> DecodeAsync(string project, ProjectItem item, int frame, CancellationToken cancellationToken)
    {
        if (frame < 0)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "Frames are counted from 0.");
        }

        var time = item.Kind == ItemKind.Film && frame > 0 ? await Task.Run(() => TimeOf(project, item, frame), cancellationToken).ConfigureAwait(false) : null;
        return await _decoded.GetAsync(item, frame, time, cancellationToken).ConfigureAwait(false);
    }

    private static void CancelQuietly(CancellationTokenSource older)
    {
        try
        {
            older.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended by itself.
        }
    }

    private async Task<EncodedPicture> CoverAsync(Project project, ProjectItem item, int frame, int longest, AnonymizerSettings settings, CancellationToken cancellationToken)
    {
        var decoded = await DecodeAsync(project.Id, item, frame, cancellationToken).ConfigureAwait(false);
        using var lease = await Task.Run(() => anonymizers.Lend(settings with { People = null, Verify = VerifyOutput.Off }), cancellationToken).ConfigureAwait(false);
        var cover = await CoverOfAsync(project.Id, item, frame, lease.Anonymizer, cancellationToken).ConfigureAwait(false);
        return await Task.Run(
            () =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                var regions = RegionsOf(project, item, frame, settings, decoded, lease.Anonymizer, cancellationToken);
                cancellationToken.ThrowIfCancellationRequested();
                var pixels = FrameDecoder.Empty(decoded.Pixels.Width, decoded.Pixels.Height);
                if (!decoded.IsDamaged)
                {
                    decoded.Pixels.CopyTo(pixels);
                    cover(pixels, regions, cancellationToken);
                }

                cancellationToken.ThrowIfCancellationRequested();
                return BrowserPictures.Encode(pixels, longest);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What covers a frame: of a film, after it has seen what the frame's look depends on.</summary>
    private async Task<FilmCover> CoverOfAsync(string project, ProjectItem item, int frame, Anonymizer anonymizer, CancellationToken cancellationToken)
    {
        if (item.Kind == ItemKind.Picture || anonymizer.FilmMemory == FilmMemory.Nothing || files.Read(project, item.Id) is not { } film || frame >= film.Frames.Count)
        {
            return anonymizer.CoverKnown;
        }

        var cover = anonymizer.BeginFilm();
        var (begun, row) = FilmHistory.Of(film, frame, anonymizer.FilmMemory);
        foreach (var index in begun)
        {
            See(await DecodeAsync(project, item, index, cancellationToken).ConfigureAwait(false), index);
        }

        if (row > 0)
        {
            await Task.Run(
                () =>
                {
                    var index = frame - row;
                    foreach (var before in FrameDecoder.ReadRow(item, index, film.Frames[index].Time, row, cancellationToken))
                    {
                        See(before, index++);
                    }
                },
                cancellationToken).ConfigureAwait(false);
        }

        return cover;

        void See(DecodedFrame seen, int index)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!seen.IsDamaged && seen.Pixels.Width == film.Width && seen.Pixels.Height == film.Height)
            {
                // Of damaged frames nothing is drawn in a film either.
                cover(FrameDecoder.Managed(seen.Pixels), [.. film.Frames[index].Regions.Where(region => region.IsCovered).Select(region => region.Region)], cancellationToken);
            }
        }
    }

    private IReadOnlyList<Region> RegionsOf(
        Project project, ProjectItem item, int frame, AnonymizerSettings settings, DecodedFrame decoded, Anonymizer anonymizer, CancellationToken cancellationToken)
    {
        // What was found by other settings may lack what these would find: it is looked for in this picture alone.
        if (files.Read(project.Id, item.Id) is not { } stored || (item.FoundBy.Length > 0 && item.FoundBy != FindingKey.Of(settings)))
        {
            return FindNow(item, frame, settings, decoded, anonymizer, cancellationToken);
        }

        if (stored.Width != decoded.Pixels.Width || stored.Height != decoded.Pixels.Height)
        {
            throw new VeilException(VeilErrorCode.InvalidRegions, "The file has changed since people were looked for in it.", "Find again.");
        }

        return stored.Frames.FirstOrDefault(one => one.Index == frame) is { } known
            ? [.. known.Regions.Where(region => region.IsCovered).Select(region => region.Region)]
            : throw new VeilException(VeilErrorCode.InvalidRegions, $"Nothing is known of frame {frame + 1}.", "Find again.");
    }

    private IReadOnlyList<Region> FindNow(ProjectItem item, int frame, AnonymizerSettings settings, DecodedFrame decoded, Anonymizer anonymizer, CancellationToken cancellationToken)
    {
        var key = string.Join('\n', item.Path, Pipeline.RunJournal.InputStamp(item.Path), frame, FindingKey.Of(settings));
        if (_found.TryGetValue(key, out var known))
        {
            return known;
        }

        var found = anonymizer.Find(decoded.Pixels, cancellationToken);
        if (_found.Count >= MostFound)
        {
            _found.Clear();
        }

        _found[key] = found;
        return found;
    }

    private TimeSpan? TimeOf(string project, ProjectItem item, int frame) =>
        files.Read(project, item.Id)?.Frames is { } frames && frame < frames.Count && frames[frame].Index == frame ? frames[frame].Time : null;

    private (Project Project, ProjectItem Item) Require(string project, string item) => projects.Find(project) is { } owner && owner.Find(item) is { } known
        ? (owner, known)
        : throw new VeilException(VeilErrorCode.InvalidOption, "There is no such picture or film in the project.", "It may have been deleted in another window.");
}
