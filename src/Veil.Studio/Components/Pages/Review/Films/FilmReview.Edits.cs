using Microsoft.JSInterop;
using Veil.Errors;
using Veil.Regions;
using Veil.Studio.Editing;
using Veil.Studio.Films.Tracks;
using Veil.Studio.Projects;

namespace Veil.Studio.Components.Pages.Review.Films;

public sealed partial class FilmReview
{
    /// <summary>What is drawn by hand stays for so long, where no part of the film is marked.</summary>
    private static readonly TimeSpan DrawnFor = TimeSpan.FromSeconds(2);

    /// <summary>The browser shows another frame.</summary>
    [JSInvokable]
    public void OnFrame(int frame)
    {
        _frame = Math.Clamp(frame, 0, Math.Max(0, _film.Frames.Count - 1));
        _preview?.LookAt(_frame);
        StateHasChanged();
    }

    /// <summary>The user chose a track in the picture or the timeline.</summary>
    [JSInvokable]
    public Task OnChosen(int? track) => ChooseAsync(track);

    /// <summary>The user moved a track's box.</summary>
    [JSInvokable]
    public Task OnPlaced(int track, int frame, float[] box) =>
        ApplyAsync(EditName.SetKeyframe, film => Keyframes.Set(film, _found, track, frame, Boxed(box)), T.Format("SaidKeyframe", frame + 1));

    /// <summary>The user drew a box.</summary>
    [JSInvokable]
    public async Task OnDrawn(int frame, float[] box)
    {
        var span = _range is { } range && range.Contains(frame) ? range : From(frame);
        var track = FilmTracks.NextTrack(_film);
        await ApplyAsync(EditName.Draw, film => TrackEdits.Draw(film, KindToDraw(), Boxed(box), frame, span), T.Format("SaidDrawn", span.First + 1, span.Last + 1));
        await ChooseAsync(track);
    }

    /// <summary>The user pressed a key.</summary>
    [JSInvokable]
    public Task OnCommand(string what, int frame)
    {
        OnFrame(frame);
        switch (what)
        {
            case "undo":
                _session!.Editor.Undo();
                return Task.CompletedTask;
            case "redo":
                _session!.Editor.Redo();
                return Task.CompletedTask;
            case "split":
                return SplitAsync();
            case "toggle" when _selected is { } track:
                return ToggleAsync(track);
            case "range-from":
                return SetRangeAsync(new FrameSpan(frame, Math.Max(frame, _range?.Last ?? _film.Frames.Count - 1)));
            case "range-to":
                return SetRangeAsync(new FrameSpan(Math.Min(frame, _range?.First ?? 0), frame));
            default:
                return Task.CompletedTask;
        }
    }

    private async Task ChooseAsync(int? track)
    {
        _selected = track;
        StateHasChanged();
        await SendAsync();
    }

    private Task ToggleAsync(int track)
    {
        var isCovered = _tracks.FirstOrDefault(one => one.Id == track)?.Places.All(place => place.IsCovered) ?? false;
        return CoverAsync(track, isCovered ? CoverChoice.ClearByHand : CoverChoice.CoveredByHand, CoverReach.Whole);
    }

    internal Task CoverAsync(CoverChoice choice, CoverReach reach) => _selected is { } track ? CoverAsync(track, choice, reach) : Task.CompletedTask;

    private Task CoverAsync(int track, CoverChoice choice, CoverReach reach)
    {
        var span = reach == CoverReach.Whole || _range is not { } range ? new FrameSpan(0, _film.Frames.Count - 1) : range;
        var covers = choice == CoverChoice.CoveredByHand;
        return ApplyAsync(covers ? EditName.Cover : EditName.LeaveClear, film => TrackEdits.Cover(film, track, span, choice), T[covers ? "SaidCovered" : "SaidClear"]);
    }

    internal Task SplitAsync() => _selected is { } track
        ? ApplyAsync(EditName.SplitTrack, film => TrackEdits.Split(film, track, _frame), T.Format("SaidSplit", _frame + 1))
        : Task.CompletedTask;

    internal Task FillAsync() => _selected is { } track ? ApplyAsync(EditName.ExtendTrack, film => TrackEdits.Fill(film, track), T["SaidFilled"]) : Task.CompletedTask;

    internal Task DeleteAsync() => _selected is { } track ? ApplyAsync(EditName.Delete, film => TrackEdits.Delete(film, track), T["SaidDeleted"]) : Task.CompletedTask;

    internal Task KeyframeAsync() => SelectedTrack?.At(_frame) is { } place
        ? ApplyAsync(EditName.SetKeyframe, film => Keyframes.Set(film, _found, _selected!.Value, _frame, place.Region.Region.Box), T.Format("SaidKeyframe", _frame + 1))
        : Task.CompletedTask;

    internal async Task MergeAsync(int other)
    {
        if (SelectedTrack is { } track && _tracks.FirstOrDefault(one => one.Id == other) is { } second)
        {
            // The one that begins first keeps its number, so that it stays where it was in the list.
            var (kept, gone) = track.Span.First <= second.Span.First ? (track.Id, other) : (other, track.Id);
            _selected = kept;
            await ApplyAsync(EditName.MergeTracks, film => TrackEdits.Merge(film, kept, gone), T["SaidMerged"]);
        }
    }

    internal async Task ExtendAsync()
    {
        if (SelectedTrack is not { } track || track.Span.Contains(_frame) || _busy)
        {
            return;
        }

        var (to, end) = (_frame, _frame < track.Span.First ? track.Places[0] : track.Places[^1]);
        var near = Math.Clamp(to, end.Frame - TrackFollower.MostFrames, end.Frame + TrackFollower.MostFrames);
        _busy = true;
        StateHasChanged();
        try
        {
            var (film, path) = (_film, Item!.Path);
            var seen = await Task.Run(() => TrackFollower.Follow(path, film.Width, film.Height, [.. film.Frames.Select(frame => frame.Time)], end.Region.Region.Box, end.Frame, near, _left.Token), _left.Token);
            await ApplyAsync(EditName.ExtendTrack, one => TrackEdits.Extend(one, track.Id, to, seen), T.Format(seen.Count == Math.Abs(to - end.Frame) ? "SaidFollowed" : "SaidHeld", seen.Count));
        }
        catch (VeilException error)
        {
            _failed = error;
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page was left.
        }
        finally
        {
            _busy = false;
        }
    }

    internal async Task SetRangeAsync(FrameSpan? range)
    {
        _range = range;
        StateHasChanged();
        await SendAsync();
    }

    private Task ApplyAsync(EditName name, Func<ReviewedItem, ReviewedItem> change, string said)
    {
        _failed = null;
        try
        {
            _session!.Editor.Apply(new TrackEdit(name, change));
            _said = said;
        }
        catch (VeilException error)
        {
            _failed = error;
        }

        StateHasChanged();
        return Task.CompletedTask;
    }

    private static Box Boxed(float[] edges) => edges is [var left, var top, var right, var bottom] && right > left && bottom > top
        ? new Box(left, top, right, bottom)
        : throw new ArgumentException("Expected left, top, right and bottom of a box.", nameof(edges));

    private FrameSpan From(int frame)
    {
        var until = _film.Frames[frame].Time + DrawnFor;
        var last = frame;
        while (last + 1 < _film.Frames.Count && _film.Frames[last + 1].Time <= until)
        {
            last++;
        }

        return new FrameSpan(frame, last);
    }

    /// <summary>What a box that is drawn most likely shows: what the project looks for first.</summary>
    private RegionKind KindToDraw() => SelectedTrack?.Kind ?? _settings?.Treatments.Select(treatment => treatment.Kind).FirstOrDefault(kind => kind != RegionKind.Image, RegionKind.Face) ?? RegionKind.Face;
}
