using System.Globalization;
using Veil.Pipeline.Verification;

namespace Veil.Evaluation.Verification.Checks;

/// <summary>
/// A second detector looks at the output. What it finds where nothing was changed is a face left visible; what it finds where
/// something was is left to recognition: a face that nobody has is no leak.
/// </summary>
/// <param name="smallest">Shorter side of the smallest face that fails an output, pixels.</param>
/// <param name="threshold">Score from which on a finding fails an output, on the detectors' common scale.</param>
public sealed class FaceCheck(float smallest, float threshold) : IOutputCheck
{
    /// <inheritdoc/>
    public string Id => "faces";

    /// <inheritdoc/>
    public string Summary => string.Create(
        CultureInfo.InvariantCulture, $"A detector of another family finds no face from {smallest:0.#} pixels on (score from {threshold:0.##}) that was left as it was.");

    /// <inheritdoc/>
    public bool LooksAtCovers => true;

    /// <inheritdoc/>
    public void Frames(OutputPair pair, FramePair frames, VerificationNotes notes)
    {
        ArgumentNullException.ThrowIfNull(frames);
        ArgumentNullException.ThrowIfNull(notes);
        if (!frames.IsSampled)
        {
            return;
        }

        var drawn = 0;
        foreach (var face in frames.Found)
        {
            notes.OutputFaces++;
            if (!VisibleFace.In(frames, face.Box))
            {
                drawn++;
                continue;
            }

            var side = Math.Min(face.Box.Width, face.Box.Height);
            var what = string.Create(CultureInfo.InvariantCulture, $"a face of {side:0} pixels is as it was (score {face.Score:0.00})");
            var place = FindingPlace.Of(frames.Original.Index, face.Box);
            if (side >= smallest && face.Score >= threshold)
            {
                notes.Add(this, FindingTone.Failed, what, place, face.Score);
            }
            else
            {
                notes.Add(this, FindingTone.Doubtful, what + (side < smallest ? ", too small to fail the output" : ", too doubtful a face to fail the output"), place, face.Score);
            }
        }

        if (drawn > 0 && !frames.Original.IsMoving)
        {
            notes.Add(this, FindingTone.Note, $"{drawn} of the faces found in the output lie where it was changed; recognition judges them", value: drawn);
        }
    }
}
