using System.Text.Json;

namespace Veil.Evaluation.Video;

/// <summary>How one person's face keeps still and stays the same face through a film.</summary>
/// <param name="Track">Its number in the regions.</param>
/// <param name="Size">Median of the boxes' shorter sides, pixels.</param>
/// <param name="Pairs">Neighbouring frames that were compared.</param>
/// <param name="OriginalChange">Mean change of the original from frame to frame, the face's movement undone; steps of 255.</param>
/// <param name="OutputChange">The same of the output, the original's movement undone.</param>
/// <param name="LargestChange">The output's largest change between two frames, steps of 255.</param>
/// <param name="LargestAt">The later frame of these two.</param>
/// <param name="Shake">
/// Root mean square, over frames, of how far the output's face moves from frame to frame beside the original's movement: a share of
/// the face's size.
/// </param>
/// <param name="Identity">What a recognition network says; null where none of its frames has face points.</param>
public sealed record TrackFlicker(
    int Track, float Size, int Pairs, double OriginalChange, double OutputChange, double LargestChange, int LargestAt, double Shake, TrackIdentity? Identity)
{
    /// <summary>The output's change as a multiple of the original's: 1 for as much as there was, more for flicker.</summary>
    public double Ratio => OutputChange / Math.Max(OriginalChange, 1e-3);
}

/// <summary>Whether a track shows the same person in all frames, and not the original's. Cosines of embeddings.</summary>
/// <param name="Frames">Frames that were looked at.</param>
/// <param name="LeastLikeFirst">The smallest likeness of a frame of the output to the track's first.</param>
/// <param name="MeanLikeFirst">Its mean.</param>
/// <param name="UnlikeFirst">Frames whose likeness is below <see cref="FlickerEvaluator.SamePerson"/>.</param>
/// <param name="OriginalUnlikeFirst">The same of the original: how many frames the network itself loses, e.g. when heads turn.</param>
/// <param name="MostLikeOriginal">The largest likeness of a frame of the output to the same of the original.</param>
/// <param name="MeanLikeOriginal">Its mean.</param>
/// <param name="LikeOriginal">Frames whose likeness reaches <see cref="FlickerEvaluator.SamePerson"/>.</param>
public sealed record TrackIdentity(
    int Frames, double LeastLikeFirst, double MeanLikeFirst, int UnlikeFirst, int OriginalUnlikeFirst, double MostLikeOriginal, double MeanLikeOriginal, int LikeOriginal);

/// <summary>How much a film's faces flicker after anonymizing, and whether people keep one face.</summary>
/// <param name="SmallestFace">Tracks whose median size is below this were left out, pixels.</param>
/// <param name="Tracks">Those that were looked at.</param>
/// <param name="MostAlikeTracks">The largest likeness of the mean embeddings of two tracks of the output; null for fewer than two.</param>
public sealed record FlickerReport(float SmallestFace, IReadOnlyList<TrackFlicker> Tracks, double? MostAlikeTracks)
{
    private static readonly JsonSerializerOptions Form = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    /// <summary>The original's change over all pairs of frames, steps of 255.</summary>
    public double OriginalChange => Mean(track => track.OriginalChange);

    /// <summary>The output's.</summary>
    public double OutputChange => Mean(track => track.OutputChange);

    /// <summary>The output's change as a multiple of the original's.</summary>
    public double Ratio => OutputChange / Math.Max(OriginalChange, 1e-3);

    /// <summary>Root mean square of the tracks' shake, weighted by their frames: a share of the face's size.</summary>
    public double Shake => Math.Sqrt(Mean(track => track.Shake * track.Shake));

    /// <summary>The report as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Form);

    private double Mean(Func<TrackFlicker, double> of)
    {
        var pairs = Tracks.Sum(track => track.Pairs);
        return pairs == 0 ? 0 : Tracks.Sum(track => of(track) * track.Pairs) / pairs;
    }
}
