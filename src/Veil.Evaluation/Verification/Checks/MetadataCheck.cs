using Veil.Imaging;
using Veil.Pipeline.Verification;
using Veil.Regions;

namespace Veil.Evaluation.Verification.Checks;

/// <summary>Something in a file, beside what it shows, that can identify somebody. Its value stays out of reports.</summary>
/// <param name="Where">The part of the file.</param>
/// <param name="Field">The field.</param>
/// <param name="Kind">What it tells, e.g. <c>place</c>.</param>
/// <param name="Tone">How grave it is under the policy in force.</param>
public sealed record FileTrace(string Where, string Field, string Kind, FindingTone Tone);

/// <summary>Nothing in the output's metadata tells who, where or with what, and no picture in the picture shows a face.</summary>
/// <param name="traces">What a file holds beside its pixels, judged by the policy in force.</param>
/// <param name="embedded">Hands out the pictures inside a picture file, e.g. thumbnails, in Rgb24, one after the other; they are not owned.</param>
/// <param name="detect">Finds faces.</param>
public sealed class MetadataCheck(
    Func<string, CancellationToken, IReadOnlyList<FileTrace>> traces, Action<string, Action<PixelBuffer>> embedded, Func<PixelBuffer, IReadOnlyList<Region>> detect) : IOutputCheck
{
    /// <inheritdoc/>
    public string Id => "metadata";

    /// <inheritdoc/>
    public string Summary => "No place, name, serial number, time beyond the policy, thumbnail or trailing data is left in the file, and no picture inside it shows a face.";

    /// <inheritdoc/>
    public void Files(OutputPair pair, VerificationNotes notes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(notes);
        foreach (var trace in traces(pair.Output, cancellationToken))
        {
            notes.Add(this, trace.Tone, $"{trace.Kind} in {trace.Where}: {trace.Field}");
        }

        embedded(pair.Output, picture =>
        {
            var faces = detect(picture).Count;
            notes.Add(
                this, faces > 0 ? FindingTone.Failed : FindingTone.Doubtful,
                faces > 0
                    ? $"a picture of {picture.Width}×{picture.Height} inside the file shows faces ({faces})"
                    : $"a picture of {picture.Width}×{picture.Height} inside the file shows no face that is found");
        });
    }
}
