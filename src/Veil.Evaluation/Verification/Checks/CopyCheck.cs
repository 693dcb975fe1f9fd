using System.Security.Cryptography;
using Veil.Pipeline.Verification;

namespace Veil.Evaluation.Verification.Checks;

/// <summary>Takes the hashes of both files; an output that is its original to the last byte holds only where nobody is in it.</summary>
/// <param name="threshold">Score from which on something counts as a face, on the detectors' common scale.</param>
public sealed class CopyCheck(float threshold) : IOutputCheck
{
    private bool _same;
    private int _faces;

    /// <inheritdoc/>
    public string Id => "copy";

    /// <inheritdoc/>
    public string Summary => "The output is not the original itself, unless there is no face in it.";

    /// <inheritdoc/>
    public void Files(OutputPair pair, VerificationNotes notes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(notes);
        (_same, _faces) = (false, 0);
        notes.OutputSha256 = Hash(pair.Output, cancellationToken);
        notes.OriginalSha256 = Hash(pair.Original.Path, cancellationToken);
        _same = notes.OutputSha256 == notes.OriginalSha256;
    }

    /// <inheritdoc/>
    public void Frames(OutputPair pair, FramePair frames, VerificationNotes notes)
    {
        ArgumentNullException.ThrowIfNull(frames);
        if (_same)
        {
            _faces += frames.Faces.Count(face => face.Score >= threshold);
        }
    }

    /// <inheritdoc/>
    public void Complete(OutputPair pair, VerificationNotes notes)
    {
        ArgumentNullException.ThrowIfNull(notes);
        if (!_same)
        {
            return;
        }

        var (tone, what) = _faces > 0 ? (FindingTone.Failed, $"and faces were found in it ({_faces})")
            : notes.OriginalFaces > 0 ? (FindingTone.Doubtful, "and there may be faces in it")
            : (FindingTone.Note, "and no face was found in it");
        notes.Add(this, tone, "the output IS the original, byte for byte, " + what);
    }

    private static string Hash(string path, CancellationToken cancellationToken)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(SHA256.HashDataAsync(file, cancellationToken).AsTask().GetAwaiter().GetResult());
    }
}
