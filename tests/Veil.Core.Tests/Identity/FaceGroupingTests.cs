using FsCheck;
using FsCheck.Fluent;
using Veil.Identity;

namespace Veil.Tests.Identity;

public sealed class FaceGroupingTests
{
    [Fact]
    public void Faces_are_grouped_largest_group_first()
    {
        FaceEmbedding[] faces = [At(0), At(90), At(2), At(180), At(92), At(4)];

        Assert.Equal([[0, 2, 5], [1, 4], [3]], FaceGrouping.Group(faces, 0.9f).Select(group => group.ToArray()));
    }

    [Fact]
    public void Nobody_is_no_group() => Assert.Empty(FaceGrouping.Group([]));

    [Fact]
    public void Chains_of_neighbours_find_what_merging_the_nearest_pair_finds() =>
        Prop.ForAll(Gen.ListOf(Gen.Choose(0, 3590).Select(tenth => tenth / 10.0)).ToArbitrary(), angles =>
        {
            // Ties may be broken either way; angles that differ have none.
            FaceEmbedding[] faces = [.. angles.Distinct().Take(24).Select(At)];
            return Same(FaceGrouping.Group(faces, 0.8f), Plain(faces, 0.8f));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_face_is_in_one_group()
    {
        var random = new Random(4);
        FaceEmbedding[] faces = [.. Enumerable.Range(0, 300).Select(_ => FaceEmbedding.Of([.. Enumerable.Range(0, 8).Select(_ => (float)(random.NextDouble() - 0.5))])!)];

        Assert.Equal(Enumerable.Range(0, 300), FaceGrouping.Group(faces, 0.5f).SelectMany(group => group).Order());
    }

    [Fact]
    public void Equal_faces_end() => Assert.Single(FaceGrouping.Group([.. Enumerable.Repeat(At(10), 50)]));

    private static FaceEmbedding At(double degrees) => FaceEmbedding.Of([(float)Math.Cos(degrees * Math.PI / 180), (float)Math.Sin(degrees * Math.PI / 180)])!;

    private static bool Same(IReadOnlyList<IReadOnlyList<int>> a, IReadOnlyList<IReadOnlyList<int>> b) =>
        a.Select(group => string.Join(',', group)).ToHashSet().SetEquals(b.Select(group => string.Join(',', group)));

    /// <summary>Average linkage by its definition.</summary>
    private static List<List<int>> Plain(FaceEmbedding[] faces, float threshold)
    {
        var groups = Enumerable.Range(0, faces.Length).Select(face => new List<int> { face }).ToList();
        while (groups.Count > 1)
        {
            var pairs = from i in Enumerable.Range(0, groups.Count) from j in Enumerable.Range(0, i) select (i, j, mean: groups[i].Average(a => groups[j].Average(b => faces[a].Similarity(faces[b]))));
            var (first, second, mean) = pairs.MaxBy(pair => pair.mean);
            if (mean < threshold)
            {
                break;
            }

            groups[second].AddRange(groups[first]);
            groups.RemoveAt(first);
        }

        groups.ForEach(group => group.Sort());
        return groups;
    }
}
