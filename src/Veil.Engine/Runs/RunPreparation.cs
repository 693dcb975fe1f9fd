using Veil.Errors;
using Veil.Pipeline;

namespace Veil.Engine.Runs;

/// <summary>Makes an output folder ready for a run.</summary>
internal static class RunPreparation
{
    /// <summary>Clears away what killed runs left, now that no other run works in the folder, and looks for names that it takes for the same.</summary>
    /// <param name="plan">Inputs and targets, in a folder.</param>
    /// <param name="journal">The folder's.</param>
    /// <returns>The items; those whose names clash have a problem now.</returns>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnwritableOutput"/>.</exception>
    public static IReadOnlyList<PlannedItem> Prepare(OutputPlan plan, RunJournal journal) => Guarded(() =>
    {
        foreach (var place in plan.Items.Select(item => Path.GetDirectoryName(item.Target)).Append(plan.Folder).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            TemporaryFile.RemoveIn(place);
        }

        foreach (var planned in plan.Items.Where(item => item.Target is not null && journal.WasCutOff(item)))
        {
            File.Delete(planned.Target!);
        }

        return CaseClashes.IgnoresCase(RunJournal.PathIn(plan.Folder!)) ? CaseClashes.Mark(plan.Items) : plan.Items;
    });

    /// <summary>Does file work of a preparation.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnwritableOutput"/>: it failed.</exception>
    public static T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, "What an interrupted run left in the output folder cannot be removed: " + error.Message, "Check that you may write there.", error);
        }
    }
}
