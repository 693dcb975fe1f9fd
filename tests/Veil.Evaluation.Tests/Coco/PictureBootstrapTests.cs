using Veil.Evaluation.Coco;

namespace Veil.Evaluation.Tests.Coco;

public sealed class PictureBootstrapTests
{
    private static readonly CocoTruth Truth = new(2500);

    [Fact]
    public void Pictures_that_are_all_alike_leave_no_doubt()
    {
        var evaluator = Evaluator(Enumerable.Repeat(0.9, 8));
        var interval = PictureBootstrap.Interval(evaluator.Evaluate().Precision!.Value, new PictureBootstrap(8).Precisions(evaluator));
        Assert.Equal((0.9, 0.9), (Math.Round(interval.Low, 12), Math.Round(interval.High, 12)));
        Assert.Equal(0, interval.Margin, 12);
    }

    [Fact]
    public void The_interval_holds_the_figure_and_narrows_with_more_pictures()
    {
        var few = Interval(20);
        var many = Interval(320);
        Assert.InRange(few.Value, few.Low, few.High);
        Assert.True(many.Margin < few.Margin / 2, $"{many.Margin} of {few.Margin}");
    }

    [Fact]
    public void Differences_of_paired_pictures_are_surer_than_the_figures_themselves()
    {
        // Every second picture is hard for both; the other network is a little worse everywhere.
        var (one, other) = (Evaluator(Overlaps(40, 0)), Evaluator(Overlaps(40, 0.05)));
        var bootstrap = new PictureBootstrap(40);
        var (first, second) = (one.Evaluate().Precision!.Value, other.Evaluate().Precision!.Value);
        var difference = PictureBootstrap.Difference(second, bootstrap.Precisions(other), first, bootstrap.Precisions(one));
        Assert.True(difference.ExcludesZero && difference.Value < 0);
        Assert.True(difference.Margin < PictureBootstrap.Interval(first, bootstrap.Precisions(one)).Margin / 2);
    }

    [Fact]
    public void Draws_are_the_same_every_time_and_those_without_objects_are_passed_over()
    {
        var evaluator = new CocoEvaluator(CocoProtocol.Objects);
        evaluator.Add(0, 0, [], []);
        evaluator.Add(1, 0, [Truth], [new CocoFinding(0.9, 2500, [0.8])]);
        var draws = new PictureBootstrap(2).Precisions(evaluator);
        Assert.Equal(draws, new PictureBootstrap(2).Precisions(evaluator));
        Assert.Contains(null, draws);
        Assert.Equal(new CocoInterval(0.7, 0.7, 0.7), Rounded(PictureBootstrap.Interval(0.7, draws)));
        Assert.Equal(new CocoInterval(0.1, 0.1, 0.1), PictureBootstrap.Interval(0.1, [null, null]));
    }

    private static CocoInterval Rounded(CocoInterval interval) => new(Math.Round(interval.Value, 12), Math.Round(interval.Low, 12), Math.Round(interval.High, 12));

    private static IEnumerable<double> Overlaps(int pictures, double less) => Enumerable.Range(0, pictures).Select(i => (i % 2 == 0 ? 0.93 : 0.63) - less);

    private static CocoInterval Interval(int pictures)
    {
        var evaluator = Evaluator(Overlaps(pictures, 0));
        return PictureBootstrap.Interval(evaluator.Evaluate().Precision!.Value, new PictureBootstrap(pictures).Precisions(evaluator));
    }

    private static CocoEvaluator Evaluator(IEnumerable<double> overlaps)
    {
        var evaluator = new CocoEvaluator(CocoProtocol.Objects);
        foreach (var (picture, overlap) in overlaps.Index())
        {
            evaluator.Add(picture, 0, [Truth], [new CocoFinding(0.9, 2500, [overlap])]);
        }

        return evaluator;
    }
}
