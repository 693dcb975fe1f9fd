using Veil.Errors;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Pipeline.Verification;
using Veil.Regions;
using Veil.Tracking;

namespace Veil.Evaluation.Verification;

/// <summary>
/// Compares outputs with their originals. The original goes through the usual pipeline, so that its faces are found and followed
/// as in any run; beside each of its frames the output's is read, and every check looks at both. One per worker; not thread-safe.
/// </summary>
public sealed class OutputVerifier : IDisposable
{
    /// <summary>Boxes as they are found, without growth or soft edge.</summary>
    private static readonly RegionPolicy AsFound = new() { Growth = 0, SoftEdge = 0, Shape = RegionShape.Box };

    private readonly IMediaFormat _outputs;
    private readonly IReadOnlyList<IOutputCheck> _checks;
    private readonly OriginalFaces _faces;
    private readonly PairReader _reader;
    private readonly MediaPipeline _pipeline;
    private readonly Func<MediaItem, CancellationToken, IFrameSource> _openOriginal;
    private readonly Func<PixelBuffer, IReadOnlyList<Region>> _detect;

    /// <summary>Gets ready.</summary>
    /// <param name="originals">Opens originals: whole, so that both sides are decoded alike.</param>
    /// <param name="outputs">Opens outputs.</param>
    /// <param name="faces">Finds faces in originals; owned.</param>
    /// <param name="parts">What the checks need.</param>
    /// <param name="settings">What decides.</param>
    /// <param name="options">How they are read.</param>
    public OutputVerifier(IMediaFormat originals, IMediaFormat outputs, IRegionProvider faces, OutputCheckParts parts, OutputCheckSettings settings, VerifierOptions options)
    {
        ArgumentNullException.ThrowIfNull(originals);
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Every, 1);
        (_outputs, _checks, _detect, _openOriginal) = (outputs, OutputChecks.Create(parts, settings), parts.Detect, originals.Open);
        _faces = new OriginalFaces(faces, options.Faces);
        _reader = new PairReader(_checks, parts.Detect, settings, options.Every);
        _pipeline = new MediaPipeline(originals, _faces, AsFound, anonymizer: null, _reader, tracking: options.Tracking) { FrameDone = options.FrameDone };
    }

    /// <summary>The checks that are made.</summary>
    public IReadOnlyList<IOutputCheck> Checks => _checks;

    /// <summary>Checks one output.</summary>
    /// <param name="pair">It and its original.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was found; what cannot be read or compared is a finding.</returns>
    public OutputVerification Verify(OutputPair pair, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pair);
        var notes = new VerificationNotes();
        foreach (var check in _checks)
        {
            Guard(notes, check.Id, FindingTone.Unchecked, () => check.Files(pair, notes, cancellationToken));
        }

        Compare(pair, notes, cancellationToken);
        foreach (var check in _checks)
        {
            Guard(notes, check.Id, FindingTone.Unchecked, () => check.Complete(pair, notes));
        }

        return notes.ToVerification();
    }

    /// <inheritdoc/>
    public void Dispose() => _pipeline.Dispose();

    private void Compare(OutputPair pair, VerificationNotes notes, CancellationToken cancellationToken)
    {
        IFrameSource? output = null;
        Guard(notes, PairReader.Check, FindingTone.Failed, () => output = _outputs.Open(new MediaItem(pair.Output, pair.Original.Name, MediaItemOrigin.Named), cancellationToken));
        using (output)
        {
            _reader.Begin(pair, notes, output, cancellationToken);
            _faces.Pair = pair;
            var result = _pipeline.Process(pair.Original with { Origin = MediaItemOrigin.Named }, target: null, cancellationToken);
            if (result.Error is { } error)
            {
                notes.Add(PairReader.Check, FindingTone.Unchecked, "the original cannot be looked at: " + error.Message);
                return;
            }

            _reader.End();
            if (output is not null && result.Info is { IsMoving: true })
            {
                Guard(notes, PairReader.Check, FindingTone.Unchecked, () => CompareCovers(pair, output, notes, cancellationToken));
            }
        }
    }

    /// <summary>Covers are pictures of their own in a film; those of the output are in the order of the original's.</summary>
    private void CompareCovers(OutputPair pair, IFrameSource output, VerificationNotes notes, CancellationToken cancellationToken)
    {
        using var original = _openOriginal(pair.Original, cancellationToken);
        while (output.ReadStill(cancellationToken) is { } cover)
        {
            using (cover)
            using (var before = original.ReadStill(cancellationToken))
            {
                if (before is null || before.Width != cover.Width || before.Height != cover.Height)
                {
                    notes.Add(PairReader.Check, FindingTone.Unchecked, "the film has a cover picture that the original does not have, or not in this size");
                    continue;
                }

                var faces = _faces.Find(pair.Original, before, cancellationToken);
                using var frames = new FramePair(before, cover, faces, _detect);
                foreach (var check in _checks.Where(check => check.LooksAtCovers))
                {
                    check.Frames(pair, frames, notes);
                }
            }
        }
    }

    private static void Guard(VerificationNotes notes, string check, FindingTone tone, Action action)
    {
        try
        {
            action();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Whatever breaks a check, nobody knows then whether the output holds; the type's name tells a defect of ours.
            var isOurs = error is not (VeilException or IOException or UnauthorizedAccessException);
            notes.Add(
                check, isOurs ? FindingTone.Unchecked : tone,
                (check == PairReader.Check ? "the output cannot be decoded: " : "it cannot be checked: ") + (isOurs ? error.GetType().Name + ": " : "") + error.Message);
        }
    }
}

/// <summary>How a verifier reads.</summary>
public sealed record VerifierOptions
{
    /// <summary>How faces are followed through films; null looks at each frame by itself, and follows none.</summary>
    public TrackingPolicy? Tracking { get; init; } = new();

    /// <summary>Of films, every n-th frame is looked at by the second detector and by recognition. 1 or more; default 1.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Where the faces of originals come from.</summary>
    public FaceSource Faces { get; init; }

    /// <summary>Called after each frame; nobody by default.</summary>
    public Action<ItemProgress> FrameDone { get; init; } = static _ => { };
}
