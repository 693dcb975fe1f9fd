using Veil.Errors;

namespace Veil.Datasets.Reading;

/// <summary>Where problems go: to whoever collects them, or up as an exception. Thread-safe.</summary>
/// <param name="collect">Takes problems; null to throw errors and forget notes.</param>
internal sealed class ProblemReporter(Action<DatasetProblem>? collect)
{
    /// <summary>For a second look at something whose problems are told the first time: nothing is collected twice.</summary>
    public ProblemReporter Again => Collects ? new ProblemReporter(static _ => { }) : this;

    /// <summary>True when all problems are wanted, so that looking for more of them is worth it.</summary>
    public bool Collects => collect is not null;

    /// <summary>Something is wrong; throws unless problems are collected.</summary>
    public void Error(DatasetProblemKind kind, DatasetPlace place, string message, Exception? cause = null)
    {
        if (collect is null)
        {
            throw Exception(place, message, cause);
        }

        collect(new DatasetProblem(kind, DatasetSeverity.Error, place, message));
    }

    /// <summary>An entry cannot be read: of what kind that problem is, the exception says.</summary>
    public void Unreadable(DatasetPlace place, Exception error) => Error(
        error switch
        {
            UnknownCategoryException => DatasetProblemKind.UnknownCategory,
            MaskFormatException => DatasetProblemKind.Mask,
            _ => DatasetProblemKind.Malformed,
        },
        place, error.Message, error);

    /// <summary>Something is worth knowing.</summary>
    public void Note(DatasetProblemKind kind, DatasetPlace place, string message) =>
        collect?.Invoke(new DatasetProblem(kind, DatasetSeverity.Note, place, message));

    public static VeilException Exception(DatasetPlace place, string message, Exception? cause = null) => new(
        VeilErrorCode.InvalidDataset, $"{place}: {message}", "'veil dataset check' lists everything that is wrong with a dataset.", cause);
}
