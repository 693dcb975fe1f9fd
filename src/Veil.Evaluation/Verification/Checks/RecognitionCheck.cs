using System.Globalization;
using Veil.Identity;
using Veil.Pipeline.Verification;
using Veil.Regions;

namespace Veil.Evaluation.Verification.Checks;

/// <summary>A network that tells people apart, and from when on it takes two faces for one person.</summary>
/// <param name="Name">Its id.</param>
/// <param name="Embed">The network.</param>
/// <param name="Same">The least similarity of one person.</param>
public sealed record RecognitionNetwork(string Name, FaceEmbed Embed, double Same);

/// <summary>
/// Compares each face of the original with what the output shows in its place: aligned by the original's points in both, as an
/// attacker who has the original's detection would. Faces that are too small, turned or blurred to be told in the original
/// are counted, not judged.
/// </summary>
/// <param name="networks">At least one.</param>
/// <param name="threshold">Score from which on something that was left as it was counts as a face, on the detectors' common scale.</param>
public sealed class RecognitionCheck(IReadOnlyList<RecognitionNetwork> networks, float threshold) : IOutputCheck
{
    private readonly FaceReader[] _readers = [.. networks.Select(network => new FaceReader(network.Embed))];

    /// <inheritdoc/>
    public string Id => "recognition";

    /// <inheritdoc/>
    public string Summary => "No covered face is taken for its original by " + string.Join(
        " or ", networks.Select(network => string.Create(CultureInfo.InvariantCulture, $"{network.Name} (similarity from {network.Same:0.000})"))) + ".";

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

        foreach (var face in frames.Faces.Where(face => face.Kind == RegionKind.Face && face.Origin.Source != RegionSource.Track))
        {
            var judged = false;
            for (var i = 0; i < networks.Count; i++)
            {
                judged |= Judge(networks[i], _readers[i], face, frames, notes);
            }

            if (judged)
            {
                frames.Judged.Add(face.Box);
            }

            (notes.FacesJudged, notes.FacesTooPoor) = judged ? (notes.FacesJudged + 1, notes.FacesTooPoor) : (notes.FacesJudged, notes.FacesTooPoor + 1);
        }
    }

    private bool Judge(RecognitionNetwork network, FaceReader reader, Region face, FramePair frames, VerificationNotes notes)
    {
        if (reader.Read(frames.Original, face).Embedding is not { } before || face.Landmarks is null || FaceAlignment.Of(face.Landmarks) is not { } alignment)
        {
            return false;
        }

        using var cut = alignment.Cut(frames.Output, out _);
        if (network.Embed(cut) is not { } after)
        {
            return true;
        }

        var similarity = before.Similarity(after);
        notes.Add(new FaceSimilarity(network.Name, frames.Original.Index, Math.Round(similarity, 4)), frames.Original.IsMoving);
        if (similarity >= network.Same)
        {
            // What nobody covered may be no face at all; what was covered and is known again is one.
            var counts = face.Score >= threshold || frames.Changes.Share(face.Box) >= VisibleFace.CoveredEnough;
            notes.Add(
                this, counts ? FindingTone.Failed : FindingTone.Doubtful, string.Create(CultureInfo.InvariantCulture, $"{network.Name} takes what is shown for the person of the original (similarity {similarity:0.000})"),
                FindingPlace.Of(frames.Original.Index, face.Box), similarity);
        }

        return true;
    }
}
