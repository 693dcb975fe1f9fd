using System.Security.Cryptography;
using Veil.Pipeline.Verification;

namespace Veil.Evaluation.Verification.Checks;

/// <summary>Takes the hashes of both files; an output that is its original to the last byte holds only where nobody is in it.</summary>
public sealed class CopyCheck : IOutputCheck
{
    private bool _same;

    /// <inheritdoc/>
    public string Id => "copy";

    /// <inheritdoc/>
    public string Summary => "The output is not the original itself, unless there is no face in it.";

    /// <inheritdoc/>
    public void Files(OutputPair pair, VerificationNotes notes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(notes);
        _same = false;
        notes.OutputSha256 = Hash(pair.Output);
        notes.OriginalSha256 = pair.Original.Content is { } content ? Convert.ToHexStringLower(SHA256.HashData(content.Span)) : Hash(pair.Original.Path);
        _same = notes.OutputSha256 == notes.OriginalSha256;
    }

    /// <inheritdoc/>
    public void Complete(OutputPair pair, VerificationNotes notes)
    {
        ArgumentNullException.ThrowIfNull(notes);
        if (!_same)
        {
            return;
        }

        var faces = Math.Max(notes.OriginalFaces, notes.OutputFaces);
        if (faces > 0)
        {
            notes.Add(this, FindingTone.Failed, $"the output IS the original, byte for byte, and faces were found in it ({faces})");
        }
        else
        {
            notes.Add(this, FindingTone.Note, "the output is the original, byte for byte; no face was found in it");
        }
    }

    private static string Hash(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
