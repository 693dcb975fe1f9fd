using Veil.Anonymization;
using Veil.Evaluation.Strangers;

namespace Veil.Evaluation.Tests.Strangers;

public sealed class StrangerLikenessTests
{
    private static readonly IReadOnlyList<(string Name, int Person, float[] Vector)> People = [.. Draw(1, 300).Select((vector, index) => ($"{index}", index, vector))];

    [Fact]
    public void More_strangers_are_no_nearer_than_strangers()
    {
        var likeness = StrangerLikeness.Of("net", People, [.. Draw(2, 200).Select((vector, index) => ($"seed {index}", vector))], 0.9, 1);
        Assert.False(likeness.IsTooNear);
        Assert.InRange(likeness.Nearer, 0.4, 0.6);
        Assert.Equal((200, 300), (likeness.Generated.Count, likeness.Strangers.Count));
        Assert.Equal((200, 300), (likeness.SameAsGenerated.Of, likeness.SameAsStranger.Of));
        Assert.InRange(likeness.MostByStrangers, 0.05, 1);
        Assert.True(likeness.Nearest.Zip(likeness.Nearest.Skip(1)).All(pair => pair.First.Cosine >= pair.Second.Cosine));
    }

    [Fact]
    public void One_copy_of_somebody_among_many_is_found()
    {
        (string, float[])[] generated = [.. Draw(2, 200).Select((vector, index) => ($"seed {index}", vector)), ("copy", People[42].Vector)];
        var likeness = StrangerLikeness.Of("net", People, generated, 0.9, 1);
        Assert.True(likeness.IsTooNear);
        Assert.Equal(0, likeness.MostByStrangers);
        Assert.Equal(("copy", "42"), (likeness.Nearest[0].Generated, likeness.Nearest[0].Face));
        Assert.Equal(1, likeness.SameAsGenerated.Count);
    }

    [Fact]
    public void Pictures_of_one_person_are_no_strangers_to_each_other()
    {
        var twice = People.Concat(People.Select(face => (face.Name + "b", face.Person, face.Vector))).ToList();
        (string, float[])[] generated = [.. Draw(2, 50).Select((vector, index) => ($"seed {index}", vector))];
        Assert.Equal(StrangerLikeness.Of("net", People, generated, null, 1).Strangers, StrangerLikeness.Of("net", twice, generated, null, 1).Strangers);
        Assert.Equal(0, StrangerLikeness.Of("net", twice, generated, null, 1).SameAsGenerated.Of);
    }

    [Fact]
    public void Too_few_are_refused()
    {
        Assert.Throws<ArgumentException>(() => StrangerLikeness.Of("net", People, [], null, 1));
        Assert.Throws<ArgumentException>(() => StrangerLikeness.Of("net", [People[0], People[0]], [("a", People[1].Vector)], null, 1));
    }

    private static IEnumerable<float[]> Draw(ulong seed, int count)
    {
        var random = new SplitMix64(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            float[] vector = [.. Enumerable.Range(0, 16).Select(_ => random.NextFloat() - 0.5f)];
            var length = MathF.Sqrt(vector.Sum(value => value * value));
            return (float[])[.. vector.Select(value => value / length)];
        })];
    }
}
