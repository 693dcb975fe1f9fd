namespace Veil.FaceChoice;

/// <summary>Groups faces by what they look like: k-means (Lloyd, 1982) over tiles, begun with faces far apart, so that chance has no part in it.</summary>
internal static class LookClusters
{
    private const int MostSteps = 200;

    /// <summary>Groups faces.</summary>
    /// <param name="faces">As many as groups, or more.</param>
    /// <param name="groups">How many groups.</param>
    /// <returns>The group of each face, 0 to <paramref name="groups"/> − 1.</returns>
    public static int[] Of(IReadOnlyList<FaceLook> faces, int groups)
    {
        var centres = Begin(faces, groups);
        var group = Assign(faces, centres);
        for (var step = 0; step < MostSteps; step++)
        {
            for (var i = 0; i < groups; i++)
            {
                var members = faces.Where((_, face) => group[face] == i).ToList();
                if (members.Count > 0)
                {
                    centres[i] = Mean(members);
                }
            }

            var next = Assign(faces, centres);
            if (next.SequenceEqual(group))
            {
                break;
            }

            group = next;
        }

        return group;
    }

    // The face nearest to the mean, then each time the one farthest from all so far; halfway to the mean, since what is farthest is extreme.
    private static float[][] Begin(IReadOnlyList<FaceLook> faces, int groups)
    {
        var mean = Mean(faces);
        var chosen = new List<FaceLook> { faces.MinBy(face => Distance([.. face.Tiles], mean))! };
        while (chosen.Count < groups)
        {
            chosen.Add(faces.MaxBy(face => chosen.Min(other => Distance([.. face.Tiles], [.. other.Tiles])))!);
        }

        return [.. chosen.Select(face => face.Tiles.Zip(mean, (value, middle) => (value + middle) / 2).ToArray())];
    }

    private static int[] Assign(IReadOnlyList<FaceLook> faces, float[][] centres) =>
        [.. faces.Select(face => Enumerable.Range(0, centres.Length).MinBy(i => Distance([.. face.Tiles], centres[i])))];

    private static float[] Mean(IReadOnlyList<FaceLook> faces) =>
        [.. Enumerable.Range(0, faces[0].Tiles.Count).Select(i => faces.Average(face => face.Tiles[i]))];

    private static float Distance(float[] a, float[] b)
    {
        var sum = 0f;
        for (var i = 0; i < a.Length; i++)
        {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }

        return sum;
    }
}
