using System.Globalization;
using Veil.Regions;
using Veil.Studio.Films.Tracks;
using Veil.Studio.Languages;
using Veil.Studio.Projects;

namespace Veil.Studio.Components.Pages.Review.Films;

/// <summary>Tracks in words.</summary>
internal static class TrackWords
{
    /// <summary>What it is called.</summary>
    public static string Name(Texts<FilmReview> texts, FilmTrack track) => $"{texts["Kind" + KindOf(track.Kind)]} {(track.Id + 1).ToString(texts.Language.Culture)}";

    /// <summary>From when to when.</summary>
    public static string Times(ReviewedItem film, FilmTrack track) => $"{Time(film.Frames[track.Span.First].Time)} – {Time(film.Frames[track.Span.Last].Time)}";

    /// <summary>Whether it is covered.</summary>
    public static string State(Texts<FilmReview> texts, FilmTrack track) => texts[
        track.Places.All(place => place.IsCovered) ? (track.Places.Any(place => place.Region.Cover == CoverChoice.CoveredByHand) ? "StateCoveredByHand" : "StateCovered") : track.Places.Any(place => place.IsCovered) ? "StatePartly" : "StateClear"];

    /// <summary>How it came about, in numbers.</summary>
    public static string Facts(Texts<FilmReview> texts, FilmTrack track)
    {
        var found = track.Places.Count(place => place.Origin == PlaceOrigin.Found);
        var keyframes = track.Places.Count(place => place.Origin == PlaceOrigin.Keyframe);
        return texts.Format("Facts", track.Places.Count, found, track.Places.Count - found - keyframes, keyframes)
            + (track.HasGaps ? " " + texts.Format("FactsGaps", track.Span.Count - track.Places.Count) : "");
    }

    /// <summary>A time as people write it.</summary>
    public static string Time(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}:{time.Seconds:00}.{time.Milliseconds / 100}");

    private static string KindOf(RegionKind kind) => kind switch
    {
        RegionKind.Face or RegionKind.Head or RegionKind.Body or RegionKind.Plate or RegionKind.Text => kind.ToString(),
        _ => "Other",
    };
}
