namespace Veil.Evaluation.Detection;

/// <summary>Area under the precision–recall curve.</summary>
internal static class AveragePrecision
{
    /// <summary>
    /// The exact area with precision made monotone, as in PASCAL VOC from 2010 on and in WIDER FACE's evaluation (which
    /// samples the curve at 1000 thresholds; here every score is one). Detections of equal score enter together.
    /// </summary>
    /// <param name="detections">Score of each detection that counts, and whether it is the first on its face.</param>
    /// <param name="faces">Faces that could be found.</param>
    /// <returns>0..1; 0 when there is no face.</returns>
    public static double Of(IEnumerable<(float Score, bool Hit)> detections, int faces)
    {
        if (faces == 0)
        {
            return 0;
        }

        var recall = new List<double>();
        var precision = new List<double>();
        var (hits, taken) = (0, 0);
        foreach (var tied in detections.GroupBy(detection => detection.Score).OrderByDescending(group => group.Key))
        {
            foreach (var (_, hit) in tied)
            {
                taken++;
                hits += hit ? 1 : 0;
            }

            recall.Add((double)hits / faces);
            precision.Add((double)hits / taken);
        }

        var area = 0.0;
        var best = 0.0;
        for (var i = recall.Count - 1; i >= 0; i--)
        {
            best = Math.Max(best, precision[i]);
            area += best * (recall[i] - (i == 0 ? 0 : recall[i - 1]));
        }

        return area;
    }
}
