using Veil.Errors;
using Veil.Identity;
using Veil.Pipeline.Verification;
using Veil.Regions;

namespace Veil.Pipeline;

/// <summary>How an item ended.</summary>
public enum ItemStatus
{
    /// <summary>Its output is in place.</summary>
    Done,

    /// <summary>Something went wrong; nothing was written for it.</summary>
    Failed,

    /// <summary>Found in a folder, but no picture: nothing was written for it.</summary>
    NotMedia,

    /// <summary>An earlier, interrupted run had finished it with the same options.</summary>
    AlreadyDone,
}

/// <summary>Why an item failed.</summary>
/// <param name="Code">Stable code, see <see cref="Errors.VeilErrorCode"/>; <c>Internal</c> for a defect of Veil.</param>
/// <param name="Step">The pipeline's step that failed.</param>
/// <param name="Message">What was expected and what came.</param>
/// <param name="Hint">What to do; may be empty.</param>
public sealed record ItemError(string Code, string Step, string Message, string Hint);

/// <summary>Time spent in one step, summed over the item's frames.</summary>
/// <param name="Step">The step's name.</param>
/// <param name="Milliseconds">Wall-clock time.</param>
public readonly record struct StepTime(string Step, double Milliseconds);

/// <summary>What happened to one item.</summary>
/// <param name="Item">The input.</param>
/// <param name="Target">Where the output is or would be; null when there is none by design.</param>
/// <param name="Status">How it ended.</param>
public sealed record ItemResult(MediaItem Item, string? Target, ItemStatus Status)
{
    /// <summary>What the input is; null when it could not be opened.</summary>
    public MediaInfo? Info { get; init; }

    /// <summary>
    /// The regions of every frame, as found (before growth). Empty for moving pictures that were anonymized: those may be
    /// hours long, and <see cref="Tally"/> says what there was.
    /// </summary>
    public IReadOnlyList<FrameRegions> Frames { get; init; } = [];

    /// <summary>The frames in numbers.</summary>
    public FrameTally Tally { get; init; }

    /// <summary>Things worth knowing that are no failure, e.g. pages that were left out.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Why it failed; null otherwise.</summary>
    public ItemError? Error { get; init; }

    /// <summary>Time by step.</summary>
    public IReadOnlyList<StepTime> Times { get; init; } = [];

    /// <summary>The input as it was before it was opened, see <see cref="RunJournal.InputStamp"/>; null when nobody looked.</summary>
    public string? InputStamp { get; init; }

    /// <summary>What the output holds; null where nobody looked.</summary>
    public OutputSeal? Output { get; init; }

    /// <summary>What came of checking the output against its original; null where it was not checked.</summary>
    public OutputVerification? Verification { get; init; }

    /// <summary>Regions over all frames.</summary>
    public int RegionCount => Tally.Regions;

    /// <summary>How the faces of all frames were judged; null where people were not told apart.</summary>
    public PersonCounts? People => Tally.People;

    /// <summary>The same result, of an item that is done.</summary>
    /// <exception cref="VeilException">It is not: with the code, message and hint of what went wrong. Nothing was written.</exception>
    public ItemResult EnsureDone() => Status switch
    {
        ItemStatus.Done or ItemStatus.AlreadyDone => this,
        _ when Error is { } error => throw new VeilException(
            Enum.TryParse<VeilErrorCode>(error.Code, out var code) ? code : VeilErrorCode.AnonymizationFailed, error.Message, error.Hint),
        _ => throw new VeilException(VeilErrorCode.NotAPicture, $"'{Item.Name}' is neither a picture nor a film.", "Check the file."),
    };
}
