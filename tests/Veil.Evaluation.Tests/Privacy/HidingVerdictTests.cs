using Veil.Evaluation.Privacy;
using Veil.Evaluation.Treatments;

namespace Veil.Evaluation.Tests.Privacy;

public sealed class HidingVerdictTests
{
    private const double Chance = 1 / 272.0;

    [Theory]
    [InlineData(0.0037, 0.0021, HidingVerdict.AtChance)]
    [InlineData(Chance, 0, HidingVerdict.AtChance)]
    [InlineData(0, 0.0040, HidingVerdict.AtChance)]
    [InlineData(0.0037, 0.0100, HidingVerdict.Undecided)]
    [InlineData(0, 0.0110, HidingVerdict.Undecided)]
    [InlineData(0.0200, 0.0300, HidingVerdict.Undecided)]
    [InlineData(0.0050, 0.0005, HidingVerdict.NearChance)]
    [InlineData(0.0200, 0.0050, HidingVerdict.Recognized)]
    public void An_interval_must_reach_down_to_chance_and_not_above_twice_chance(double rate, double margin, HidingVerdict expected) =>
        Assert.Equal(expected, Attack("naive", rate, margin).Verdict);

    [Fact]
    public void The_worst_of_all_attacks_counts_not_the_highest_estimate()
    {
        var measured = Measured(Attack("parrot", 0.0050, 0.0005), Attack("naive", 0.0052, 0.0022));
        Assert.Equal("naive", measured.Strongest.Attacker);
        Assert.Equal(HidingVerdict.NearChance, measured.Verdict);
    }

    [Fact]
    public void One_attack_with_too_few_people_leaves_it_undecided() =>
        Assert.Equal(HidingVerdict.Undecided, Measured(Attack("parrot", Chance, 0), Attack("naive", 0.0030, 0.0100)).Verdict);

    private static TreatmentPrivacy Measured(params AttackResult[] attacks) => new(Treatment.Original, attacks, [], default!, 10);

    private static AttackResult Attack(string attacker, double rate, double margin) => new(attacker, "sface", rate, margin, Chance, null, null, 0.5);
}
