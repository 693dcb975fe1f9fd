using Veil.Identity;

namespace Veil.OpenSet;

/// <summary>
/// Open-set identification: people are listed by some of their photos; their other photos and one photo of each of all
/// other people are probes. Repeated over random lists with a fixed seed.
/// </summary>
internal sealed class OpenSetExperiment(IReadOnlyList<FaceEmbedding> faces, IReadOnlyList<int> people, int seed)
{
    private readonly int[][] _byPerson = [.. people.Select((person, face) => (person, face)).GroupBy(pair => pair.person, pair => pair.face).Select(group => group.ToArray())];

    /// <param name="listed">People in the list.</param>
    /// <param name="photos">Photos of each in the list.</param>
    /// <param name="draws">Random lists.</param>
    /// <param name="probes">Embeddings of the probes, by face; the list is made of the originals.</param>
    public OpenSetResult Run(int listed, int photos, int draws, IReadOnlyList<FaceEmbedding?> probes)
    {
        var random = new Random(seed);
        var eligible = Enumerable.Range(0, _byPerson.Length).Where(person => _byPerson[person].Length > photos).ToArray();
        var lists = Enumerable.Range(0, draws).Select(_ => Draw(random, eligible, listed, photos)).ToArray();
        var result = new OpenSetResult[draws];
        Parallel.For(0, draws, draw => result[draw] = Run(lists[draw], photos, probes));
        return OpenSetResult.Join(result);
    }

    private List Draw(Random random, int[] eligible, int listed, int photos)
    {
        random.Shuffle(eligible);
        var chosen = eligible[..listed];
        var orders = chosen.Select(person => Shuffled(random, _byPerson[person])).ToArray();
        var strangers = Enumerable.Range(0, _byPerson.Length).Except(chosen).Select(person => _byPerson[person][random.Next(_byPerson[person].Length)]).ToArray();
        return new List(orders, strangers);
    }

    private OpenSetResult Run(List list, int photos, IReadOnlyList<FaceEmbedding?> probes)
    {
        var gallery = new PersonGallery(list.Faces.Select(order => order.Take(photos).Select(face => faces[face])));
        var strangers = list.Strangers.Where(face => probes[face] is not null).Select(face => gallery.Nearest(probes[face]!).Similarity).ToArray();
        var own = new List<(float, bool)>();
        foreach (var (order, person) in list.Faces.Select((order, person) => (order, person)))
        {
            foreach (var face in order.Skip(photos).Where(face => probes[face] is not null))
            {
                var match = gallery.Nearest(probes[face]!);
                own.Add((match.Similarity, match.Person == person));
            }
        }

        return new OpenSetResult([strangers], [.. own]);
    }

    private static int[] Shuffled(Random random, int[] values)
    {
        var copy = values.ToArray();
        random.Shuffle(copy);
        return copy;
    }

    private sealed record List(int[][] Faces, int[] Strangers);
}
