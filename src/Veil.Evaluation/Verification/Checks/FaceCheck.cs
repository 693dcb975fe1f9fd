using System.Globalization;
using Veil.Pipeline.Verification;
using Veil.Regions;

namespace Veil.Evaluation.Verification.Checks;

/// <summary>
/// A second detector looks at the output. What it finds where nothing was changed is a face left visible; what it finds where
/// something was is left to recognition: a face that nobody has is no leak. Where recognition compared nothing, a face that
/// still resembles the original, or that is where nobody covered one, could not be checked.
/// </summary>
/// <param name="smallest">Shorter side of the smallest face that fails an output, pixels.</param>
/// <param name="threshold">Score from which on a finding fails an output, on the detectors' common scale.</param>
public sealed class FaceCheck(float smallest, float threshold) : IOutputCheck
{
    /// <summary>
    /// From this correlation on a changed face resembles its original. Methods that draw, average or coarsen lie below; what only
    /// blurs a little lies above.
    /// </summary>
    public const double Alike = 0.8;

    /// <summary>Shorter side from which on a face is large enough for recognition, pixels.</summary>
    public const float Recognizable = 36;

    private const float Same = 0.2f;

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
                drawn += JudgeDrawn(frames, face, notes) ? 0 : 1;
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

    /// <summary>Tells of a face that was changed, and that nobody compared though it may be somebody.</summary>
    private bool JudgeDrawn(FramePair frames, Region face, VerificationNotes notes)
    {
        var side = Math.Min(face.Box.Width, face.Box.Height);
        if (side < smallest || face.Score < threshold || frames.Judged.Any(box => box.IoU(face.Box) >= Same))
        {
            return false;
        }

        // What a method drew in the place of a face that is too poor for recognition is its own.
        var place = face.Box.ToPixels();
        var isCovering = frames.Faces.Any(known => known.Box.IoU(face.Box) >= Same) || frames.Covered?.Any(mask => !mask.Bounds.Intersect(place).IsEmpty) == true;
        if (isCovering && PatchAgreement.Of(frames.OriginalRgb, frames.OutputRgb, face.Box) < Alike)
        {
            return false;
        }

        notes.Add(
            this, side < Recognizable ? FindingTone.Doubtful : FindingTone.Unchecked,
            string.Create(CultureInfo.InvariantCulture, $"a face of {side:0} pixels {(isCovering ? "still resembles the original" : "is where the original has none")}, and recognition could not judge it (score {face.Score:0.00})"),
            FindingPlace.Of(frames.Original.Index, face.Box), face.Score);
        return true;
    }
}
