using System.Text.Json;

namespace Veil.Evaluation.Utility;

/// <summary>Everything that was measured, for programs.</summary>
public static class UtilityRecord
{
    /// <summary>As JSON: the options, the classes, the test pictures, and for each treatment every training with its curve and its answer to each test picture.</summary>
    /// <param name="result">What was measured.</param>
    public static JsonElement Of(UtilityResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return JsonSerializer.SerializeToElement(
            new RecordedUtility(
                result.Options, result.Dataset.Classes, [.. result.Dataset.Test.Select(picture => new RecordedPicture(picture.Path, picture.Class))], result.Dataset.Unusable,
                [.. result.Treatments.Select(treatment => new RecordedTreatment(treatment.Treatment.Name, treatment.Failure, treatment.Covered, treatment.Runs))]),
            UtilityJson.Default.RecordedUtility);
    }
}

/// <summary>The record.</summary>
internal sealed record RecordedUtility(
    UtilityOptions Options, IReadOnlyList<string> Classes, IReadOnlyList<RecordedPicture> Test, IReadOnlyList<UnusablePicture> Unusable, IReadOnlyList<RecordedTreatment> Treatments);

/// <summary>A test picture.</summary>
internal sealed record RecordedPicture(string Path, int Class);

/// <summary>A treatment's trainings.</summary>
internal sealed record RecordedTreatment(string Name, TreatmentFailure? Failure, CoveredCounts? Covered, IReadOnlyList<TrainingRun> Trainings);
