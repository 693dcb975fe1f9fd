using Veil.Anonymization;
using Veil.Anonymization.Methods;
using Veil.Evaluation.Reports;

namespace Veil.Evaluation.Treatments;

/// <summary>Stands for everything of a treatment that a figure depends on.</summary>
public static class TreatmentIdentity
{
    /// <summary>The name, every option in force, and hashes of the user's files.</summary>
    /// <param name="treatment">Any. Files that are not there are named so: the method itself says what is wrong with them.</param>
    /// <exception cref="Errors.VeilException"><see cref="Errors.VeilErrorCode.UnreadableInput"/>: a file cannot be read.</exception>
    public static string Of(Treatment treatment)
    {
        ArgumentNullException.ThrowIfNull(treatment);
        return treatment.Options is not { } options ? treatment.Name
            : $"{treatment.Name}[{string.Join(' ', MethodOptionsBinder.Write(options).Select(pair => $"{pair.Key}={pair.Value}"))}]{Files(options)}";
    }

    private static string Files(MethodOptions options) => options switch
    {
        KSameOptions { Gallery: { Length: > 0 } gallery } => " files " + HashOf(gallery),
        ImageOptions { Picture: { Length: > 0 } picture } => " files " + HashOf(picture),
        _ => "",
    };

    private static string HashOf(string path) => Path.Exists(path) ? MeasuredInput.Of(path).Sha256 : "missing";
}
