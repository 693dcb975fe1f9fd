using Veil.Anonymization;
using Veil.Anonymization.Synthesis.Figures;

namespace Veil.Core.Tests.Anonymization.Synthesis.Figures;

public sealed class WardrobeTests
{
    [Fact]
    public void The_same_seed_wears_the_same_and_others_wear_all_there_is()
    {
        var (one, other) = (new SplitMix64(5), new SplitMix64(5));
        Assert.Equal(Wardrobe.Choose(ref one), Wardrobe.Choose(ref other));
        var many = Enumerable.Range(0, 300).Select(_ => Wardrobe.Choose(ref one)).ToList();
        Assert.InRange(many.Count(outfit => outfit.ShortSleeves), 60, 150);
        Assert.InRange(many.Count(outfit => outfit.ShortTrousers), 5, 60);
        Assert.All(many.SelectMany(outfit => new[] { outfit.Upper, outfit.Lower, outfit.Shoes }), colour => Assert.True(colour.X is >= 0 and <= 255 && colour.Y is >= 0 and <= 255 && colour.Z is >= 0 and <= 255));
        Assert.True(many.Select(outfit => outfit.Upper).Distinct().Count() > 100);
    }
}
