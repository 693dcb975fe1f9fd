using System.Globalization;
using Veil.Pipeline.Verification;
using Veil.Regions;

namespace Veil.Evaluation.Verification.Checks;

/// <summary>What a film holds.</summary>
/// <param name="Duration">Its length; zero when unknown.</param>
/// <param name="SoundStreams">Streams of sound.</param>
public sealed record FilmFacts(TimeSpan Duration, int SoundStreams)
{
    /// <summary>Streams of moving pictures; cover pictures are none. Default: 1.</summary>
    public int PictureStreams { get; init; } = 1;
}

/// <summary>
/// The output is as long as the original, in time and frames, and every face that is followed through the original's frames is
/// covered in each of them. Which tracks are faces beyond doubt is decided as by <see cref="Video.LeakEvaluator"/>.
/// </summary>
/// <param name="facts">What a file holds; null for what is no film.</param>
/// <param name="smallest">Shorter side of the smallest face that fails an output, pixels.</param>
public sealed class FilmCheck(Func<string, CancellationToken, FilmFacts?> facts, float smallest) : IOutputCheck
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(0.2);
    private readonly Dictionary<int, FollowedFace> _tracks = [];
    private FilmFacts? _original;

    /// <inheritdoc/>
    public string Id => "film";

    /// <inheritdoc/>
    public string Summary => "Films: one stream of pictures, with as many frames and as long as the original; every face that is followed through it is covered in each frame; sound is told.";

    /// <inheritdoc/>
    public void Files(OutputPair pair, VerificationNotes notes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(notes);
        _tracks.Clear();
        _original = facts(pair.Original.Path, cancellationToken);
        if (_original is null)
        {
            return;
        }

        if (facts(pair.Output, cancellationToken) is not { } output)
        {
            notes.Add(this, FindingTone.Failed, "the original is a film, the output is none");
            return;
        }

        if (output.Duration > TimeSpan.Zero && (_original.Duration - output.Duration).Duration() > Tolerance + (0.01 * _original.Duration))
        {
            notes.Add(this, FindingTone.Failed, string.Create(CultureInfo.InvariantCulture, $"it lasts {output.Duration.TotalSeconds:0.00} s, the original {_original.Duration.TotalSeconds:0.00} s"));
        }

        if (output.PictureStreams > 1)
        {
            notes.Add(this, FindingTone.Failed, $"it has {output.PictureStreams} streams of pictures, and only the first was compared: players show the others, too");
        }

        if (output.SoundStreams > 0)
        {
            notes.Add(this, FindingTone.Doubtful, "it has sound: voices and names spoken identify people, and nothing here listens to them");
        }
    }

    /// <inheritdoc/>
    public void Frames(OutputPair pair, FramePair frames, VerificationNotes notes)
    {
        ArgumentNullException.ThrowIfNull(frames);
        ArgumentNullException.ThrowIfNull(notes);
        if (!frames.Original.IsMoving)
        {
            return;
        }

        foreach (var face in frames.Faces.Where(face => face is { Kind: RegionKind.Face, Track: not null }))
        {
            if (!_tracks.TryGetValue(face.Track!.Value, out var track))
            {
                _tracks.Add(face.Track.Value, track = new FollowedFace());
            }

            track.Add(frames.Original.Index, face, VisibleFace.In(frames, face.Box));
        }
    }

    /// <inheritdoc/>
    public void Complete(OutputPair pair, VerificationNotes notes)
    {
        ArgumentNullException.ThrowIfNull(notes);
        foreach (var (number, track) in _tracks.Where(track => track.Value.IsSure && track.Value.Leaks.Count > 0).OrderBy(track => track.Key))
        {
            var (frame, box) = track.Leaks[0];
            var text = string.Create(
                CultureInfo.InvariantCulture, $"face {number} is as it was in {track.LeakedFrames} of {track.Frames} frames: {string.Join(' ', track.Leaks.Take(12).Select(leak => leak.Frame))}{(track.LeakedFrames > 12 ? " …" : "")}");
            notes.Add(this, track.Side >= smallest ? FindingTone.Failed : FindingTone.Doubtful, text + (track.Side >= smallest ? "" : "; too small to fail the output"), FindingPlace.Of(frame, box), track.LeakedFrames);
        }

        _tracks.Clear();
    }
}
