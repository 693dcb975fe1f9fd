namespace Veil.Evaluation.Utility;

/// <summary>What training on each variant of a dataset came to. Immutable.</summary>
/// <param name="Dataset">What was trained and tested on.</param>
/// <param name="Options">How.</param>
/// <param name="Treatments">In the order asked for, the original first; failed ones are among them.</param>
public sealed record UtilityResult(UtilityDataset Dataset, UtilityOptions Options, IReadOnlyList<TreatmentUtility> Treatments)
{
    /// <summary>The variant with pictures as they are.</summary>
    public TreatmentUtility Original => Treatments[0];
}
