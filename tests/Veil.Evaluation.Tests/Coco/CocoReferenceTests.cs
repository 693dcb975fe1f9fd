using Veil.Evaluation.Coco;

namespace Veil.Evaluation.Tests.Coco;

public sealed class CocoReferenceTests
{
    [Fact]
    public void All_figures_of_all_cases_are_those_of_the_reference()
    {
        var cases = new ReferenceCases();
        Assert.Equal(270, cases.Count);
        for (var i = 0; i < cases.Count; i++)
        {
            var (evaluator, kind, expected) = cases.Read(i);
            var figures = Figures(kind, evaluator.Evaluate());
            Assert.Equal(expected.Length, figures.Length);
            for (var k = 0; k < figures.Length; k++)
            {
                Assert.True(
                    expected[k] is null ? figures[k] is null : Math.Abs(expected[k]!.Value - (figures[k] ?? double.NaN)) <= 1e-12,
                    $"case {i} ({kind}), figure {k}: expected {expected[k]}, received {figures[k]}");
            }
        }
    }

    private static double?[] Figures(string kind, CocoAccuracy of) => kind == "keypoints"
        ?
        [
            of.Precision, of.PrecisionAtHalf, of.PrecisionAtThreeQuarters, of.PrecisionOfMedium, of.PrecisionOfLarge,
            of.Recall, of.RecallAtHalf, of.RecallAtThreeQuarters, of.RecallOfMedium, of.RecallOfLarge,
        ]
        :
        [
            of.Precision, of.PrecisionAtHalf, of.PrecisionAtThreeQuarters, of.PrecisionOfSmall, of.PrecisionOfMedium, of.PrecisionOfLarge,
            of.RecallOfFirst, of.RecallOfTen, of.Recall, of.RecallOfSmall, of.RecallOfMedium, of.RecallOfLarge,
        ];
}
