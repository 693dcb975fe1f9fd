using System.Globalization;
using Veil.Errors;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Pipeline;
using Veil.Pipeline.Verification;
using Veil.Regions;

namespace Veil.Evaluation.Verification;

/// <summary>Reads the output's frames beside those of the original, and hands both to the checks. For one pair at a time; not thread-safe.</summary>
/// <param name="checks">The checks.</param>
/// <param name="detect">The second detector.</param>
/// <param name="settings">What decides.</param>
/// <param name="every">Of films, every n-th frame is looked at by detector and recognition.</param>
internal sealed class PairReader(IReadOnlyList<IOutputCheck> checks, Func<PixelBuffer, IReadOnlyList<Region>> detect, OutputCheckSettings settings, int every) : IFrameObserver
{
    /// <summary>Name of findings about reading itself.</summary>
    public const string Check = "decode";

    private const string Faces = "faces";

    private OutputPair? _pair;
    private VerificationNotes? _notes;
    private IFrameSource? _output;
    private bool _broken;
    private CancellationToken _cancel;

    /// <summary>Begins a pair.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="notes">Takes what is found.</param>
    /// <param name="output">The output; null where it could not be opened. Not owned.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public void Begin(OutputPair pair, VerificationNotes notes, IFrameSource? output, CancellationToken cancellationToken) =>
        (_pair, _notes, _output, _broken, _cancel) = (pair, notes, output, output is null, cancellationToken);

    /// <inheritdoc/>
    public void Before(MediaItem item, Frame frame, IReadOnlyList<CoveredRegion> covered)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(covered);
        var faces = frame.IsDamaged ? [] : covered.Select(one => one.Region).ToList();
        _notes!.OriginalFaces += faces.Count;
        if (_broken || Read() is not { } output)
        {
            return;
        }

        using (output)
        {
            Compare(frame, output, faces);
        }
    }

    /// <inheritdoc/>
    public void After(MediaItem item, Frame frame)
    {
    }

    /// <summary>Called when the original has no more frames.</summary>
    public void End()
    {
        if (!_broken && Read(FindingTone.Note) is { } more)
        {
            more.Dispose();
            Stop(FindingTone.Failed, "it has more frames than the original");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void Compare(Frame frame, Frame output, List<Region> faces)
    {
        if (output.Width != frame.Width || output.Height != frame.Height)
        {
            Stop(FindingTone.Unchecked, $"it has {output.Width}×{output.Height} pixels, the original {frame.Width}×{frame.Height}: they cannot be compared");
            return;
        }

        if (frame.IsDamaged)
        {
            LookAlone(output);
            return;
        }

        _notes!.Frames++;
        using var pair = new FramePair(frame, output, faces, detect) { Covered = Covered(frame), IsSampled = !frame.IsMoving || frame.Index % every == 0 };
        foreach (var check in checks)
        {
            check.Frames(_pair!, pair, _notes);
        }
    }

    /// <summary>What a decoder made up of a damaged frame is nothing to compare with; a run covers it whole, so that no face may be seen.</summary>
    private void LookAlone(Frame output)
    {
        _notes!.Frames++;
        using var own = output.Pixels.Format == PixelFormat.Rgb24 ? null : PixelConversion.ToRgb24(output.Pixels);
        var faces = detect(own ?? output.Pixels);
        _notes.OutputFaces += faces.Count;
        foreach (var face in faces)
        {
            var fails = face.Score >= settings.Threshold && Math.Min(face.Box.Width, face.Box.Height) >= settings.Smallest;
            _notes.Add(
                Faces, fails ? FindingTone.Failed : FindingTone.Doubtful,
                string.Create(CultureInfo.InvariantCulture, $"a face is seen where the original's frame is damaged (score {face.Score:0.00})"), FindingPlace.Of(output.Index, face.Box), face.Score);
        }

        if (faces.Count == 0)
        {
            _notes.Add(Check, FindingTone.Note, $"frame {output.Index} of the original is damaged: nothing can be compared with it, and no face is found there");
        }
    }

    private List<RegionMask>? Covered(Frame frame) => _pair!.Regions?.FirstOrDefault(one => one.Index == frame.Index)?.Regions
        .Select(region => _pair.Policies.Cover(region, frame.Width, frame.Height)?.Mask).OfType<RegionMask>().ToList();

    private Frame? Read(FindingTone end = FindingTone.Failed)
    {
        try
        {
            if (_output!.Read(_cancel) is { } frame)
            {
                return frame;
            }

            if (end == FindingTone.Failed)
            {
                Stop(end, $"it ends after {_notes!.Frames} frames, before the original does");
            }
        }
        catch (VeilException error)
        {
            Stop(FindingTone.Failed, "the output cannot be decoded: " + error.Message);
        }

        return null;
    }

    private void Stop(FindingTone tone, string message)
    {
        _broken = true;
        _notes!.Add(Check, tone, message);
    }
}
