using Veil.Evaluation.Runs;
using Veil.Evaluation.Treatments;

namespace Veil.Evaluation.Utility;

/// <summary>
/// What anonymizing the training pictures costs in accuracy on originals: one network for each treatment and seed, the same
/// split, order and initial weights for every treatment with the same seed, tested on the same originals.
/// </summary>
public static class UtilityExperiment
{
    /// <summary>Measures, or takes what an earlier start measured.</summary>
    /// <param name="dataset">What to learn.</param>
    /// <param name="treatments">What to compare; <see cref="Treatment.Original"/> is put first where it is missing.</param>
    /// <param name="options">How to train.</param>
    /// <param name="adapters">Pictures, regions, networks.</param>
    /// <param name="folder">Keeps inputs and checkpoints; made when missing. The same folder goes on with them.</param>
    /// <param name="journal">Keeps finished trainings. Its keys name all that they depend on, so that one journal serves any options.</param>
    /// <param name="progress">Told of every step; the first report has the time that everything will take. Null for none.</param>
    /// <param name="cancel">Stops; nothing measured is lost.</param>
    /// <exception cref="Errors.VeilException">A network or the folder fails. A treatment that fails is in the result instead.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static UtilityResult Run(
        UtilityDataset dataset, IReadOnlyList<Treatment> treatments, UtilityOptions options, UtilityAdapters adapters, DirectoryInfo folder, MeasurementJournal journal,
        IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(treatments);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(adapters);
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(journal);
        IReadOnlyList<Treatment> all = [Treatment.Original, .. treatments.Where(treatment => !treatment.IsOriginal)];
        return new UtilityRun(dataset, options, adapters, folder, journal, progress, cancel).Measure(all);
    }
}
