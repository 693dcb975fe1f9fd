namespace Veil.Identity;

/// <summary>Groups faces by person without knowing anybody. Thread-safe.</summary>
/// <remarks>
/// Agglomerative clustering with average linkage, by chains of nearest neighbours (Murtagh, "A survey of recent advances in
/// hierarchical clustering algorithms", 1983). The mean similarity of two groups of unit vectors is the product of their
/// sums over the number of pairs, so that memory grows with the number of faces, not with its square; time is quadratic.
/// </remarks>
public static class FaceGrouping
{
    /// <summary>Mean similarity at which two groups are one person; measured, see docs/people.md.</summary>
    public const float DefaultThreshold = 0.48f;

    /// <summary>Groups faces.</summary>
    /// <param name="faces">Embeddings of one network.</param>
    /// <param name="threshold">Mean similarity from which on two groups are one.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <returns>Indices of the faces by group: largest group first, of equal ones that with the first face; faces in order.</returns>
    /// <exception cref="ArgumentException">Embeddings of different sizes.</exception>
    public static IReadOnlyList<IReadOnlyList<int>> Group(IReadOnlyList<FaceEmbedding> faces, float threshold = DefaultThreshold, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(faces);
        if (faces.Select(face => face.Dimensions).Distinct().Count() > 1)
        {
            throw new ArgumentException("Expected embeddings of one network, but received different sizes.", nameof(faces));
        }

        var open = faces.Select((face, index) => new Cluster(face.Values.ToArray(), [index])).ToList();
        var done = new List<Cluster>();
        var chain = new List<Cluster>();
        while (open.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (chain.Count == 0)
            {
                chain.Add(open[0]);
            }

            var last = chain[^1];
            var before = chain.Count > 1 ? chain[^2] : null;
            var (nearest, similarity) = Nearest(open, last, before);
            if (nearest is null || similarity < threshold)
            {
                // No merging of others brings a group nearer than its nearest is now: this one is finished.
                done.Add(last);
                open.Remove(last);
                chain.RemoveAt(chain.Count - 1);
            }
            else if (nearest == before)
            {
                chain.RemoveRange(chain.Count - 2, 2);
                open.Remove(last);
                open.Remove(before);
                open.Add(Cluster.Merge(before, last));
            }
            else
            {
                chain.Add(nearest);
            }
        }

        return [.. done.Select(cluster => cluster.Faces.Order().ToArray()).OrderByDescending(group => group.Length).ThenBy(group => group[0])];
    }

    /// <summary>The nearest other group; the one that the chain comes from, if no other is nearer, so that chains end.</summary>
    private static (Cluster? Nearest, float Similarity) Nearest(List<Cluster> open, Cluster from, Cluster? preferred)
    {
        var (best, similarity) = (preferred, preferred is null ? float.NegativeInfinity : from.Similarity(preferred));
        foreach (var other in open)
        {
            if (other != from && from.Similarity(other) is var candidate && candidate > similarity)
            {
                (best, similarity) = (other, candidate);
            }
        }

        return (best, similarity);
    }

    private sealed class Cluster(float[] sum, int[] faces)
    {
        public int[] Faces { get; } = faces;

        public static Cluster Merge(Cluster a, Cluster b) => new([.. a.Sum.Zip(b.Sum, (x, y) => x + y)], [.. a.Faces, .. b.Faces]);

        public float Similarity(Cluster other) => FaceEmbedding.Dot(Sum, other.Sum) / ((float)Faces.Length * other.Faces.Length);

        private float[] Sum { get; } = sum;
    }
}
