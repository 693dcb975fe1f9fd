using Veil.Anonymization;

namespace Veil.Evaluation.Treatments;

/// <summary>Stands for everything of a treatment that a figure depends on.</summary>
public static class TreatmentIdentity
{
    /// <summary>The name, every option in force, and hashes of the user's files (<see cref="Treatment.Fingerprint"/>).</summary>
    /// <param name="treatment">Any.</param>
    /// <exception cref="Errors.VeilException"><see cref="Errors.VeilErrorCode.UnreadableInput"/>: a file cannot be read.</exception>
    public static string Of(Treatment treatment)
    {
        ArgumentNullException.ThrowIfNull(treatment);
        return treatment.Options is not { } options ? treatment.Name
            : $"{treatment.Name}[{string.Join(' ', MethodOptionsBinder.Write(options).Select(pair => $"{pair.Key}={pair.Value}"))}]{treatment.Fingerprint()}";
    }
}
