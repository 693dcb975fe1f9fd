using Veil.Detection;
using Veil.Onnx.Decoders;
using Veil.Regions;

namespace Veil.Onnx.Faces;

/// <summary>
/// Turns the candidates of all passes into one region per face. The strongest of overlapping candidates stays; its box
/// becomes their mean, weighted by score, and its score rises a little for each further view that saw the face too.
/// </summary>
internal static class FaceMerge
{
    /// <summary>Share of another view's score that removes doubt; by measurement.</summary>
    private const float Agreement = 0.2f;

    /// <summary>Merges.</summary>
    /// <param name="candidates">Faces of all passes, picture coordinates.</param>
    /// <param name="views">For each candidate the view that it comes from.</param>
    /// <param name="profile">The model's overlap limit and score scale.</param>
    /// <param name="kind">What they are.</param>
    /// <param name="origin">Whom the regions name as their origin.</param>
    /// <returns>Regions, strongest first.</returns>
    public static IReadOnlyList<Region> Merge(
        IReadOnlyList<Candidate> candidates, IReadOnlyList<int> views, FaceModelProfile profile, RegionKind kind, RegionOrigin origin)
    {
        Box[] boxes = [.. candidates.Select(face => face.Box)];
        float[] scores = [.. candidates.Select(face => face.Score)];
        var keepers = new int[boxes.Length];
        var picked = NonMaximumSuppression.Select(boxes, scores, profile.Overlap, keepers);
        var votes = Enumerable.Range(0, boxes.Length).ToLookup(index => keepers[index]);
        return [.. picked
            .Select(index => new Region(
                Mean(votes[index], boxes, scores), kind,
                profile.Scores.ToCommon(Score(votes[index], views, scores)), origin)
            {
                Landmarks = candidates[index].Landmarks,
            })
            .OrderByDescending(region => region.Score)];
    }

    private static Box Mean(IEnumerable<int> votes, Box[] boxes, float[] scores)
    {
        var (left, top, right, bottom, sum) = (0.0, 0.0, 0.0, 0.0, 0.0);
        foreach (var index in votes)
        {
            var (box, weight) = (boxes[index], (double)scores[index]);
            left += box.Left * weight;
            top += box.Top * weight;
            right += box.Right * weight;
            bottom += box.Bottom * weight;
            sum += weight;
        }

        return new Box((float)(left / sum), (float)(top / sum), (float)(right / sum), (float)(bottom / sum));
    }

    private static float Score(IEnumerable<int> votes, IReadOnlyList<int> views, float[] scores)
    {
        var score = 0f;
        foreach (var best in votes.GroupBy(index => views[index]).Select(view => view.Max(index => scores[index])).OrderDescending())
        {
            score = score == 0 ? best : score + ((1 - score) * best * Agreement);
        }

        return score;
    }
}
