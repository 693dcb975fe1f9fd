using Veil.Pipeline;

namespace Veil.Cli.Output;

/// <summary>An item's result in one line.</summary>
internal static class ItemLine
{
    public static string For(ItemResult result) => result.Status switch
    {
        ItemStatus.Done when result.Item.Treatment != ItemTreatment.Anonymize => $"{result.Item.Name}: copied as it is",
        ItemStatus.Done when result is { Target: null, Verification: { } held } => $"{result.Item.Name}: holds, {Plural.Of(held.FacesJudged, "covered face")} compared",
        ItemStatus.Done => $"{result.Item.Name}: {(result.Info is { IsMoving: true } ? Plural.Of(result.Tally.Frames, "frame") + ", " : "")}{Plural.Of(result.RegionCount, "region")}{Clear(result)}{string.Concat(result.Notes.Select(note => "; " + note))}",
        ItemStatus.AlreadyDone => $"{result.Item.Name}: done before",
        ItemStatus.NotMedia => $"{result.Item.Name}: not a picture or video, passed over",
        ItemStatus.Failed => Failed(result),
        _ => throw new ArgumentOutOfRangeException(nameof(result), result.Status, "Expected a known status."),
    };

    private static string Clear(ItemResult result) => result.People is { } people ? $", {Plural.Of(people.Clear, "face")} left clear" : "";

    public static string Failed(ItemResult result) => result.Error is { } error
        ? $"{result.Item.Name}: FAILED ({error.Code}, {error.Step}): {error.Message}{(error.Hint.Length > 0 ? " → " + error.Hint : "")}"
        : $"{result.Item.Name}: FAILED";
}
