using System.Text.Json;
using Veil.Datasets.Masks;
using Veil.Evaluation.Coco;

namespace Veil.Evaluation.Tests.Coco;

/// <summary>
/// Annotations and findings made at random, with the figures that the reference gives for them: <c>reference.json</c> says how it
/// was made. A case is a line of numbers, read here as boxes, masks or poses.
/// </summary>
internal sealed class ReferenceCases
{
    private const int MaskWidth = 24;
    private const int MaskHeight = 20;
    private readonly JsonElement _cases;

    public ReferenceCases()
    {
        using var stream = typeof(ReferenceCases).Assembly.GetManifestResourceStream("Veil.Evaluation.Tests.Coco.reference.json")!;
        _cases = JsonDocument.Parse(stream).RootElement.GetProperty("cases");
    }

    public int Count => _cases.GetArrayLength();

    public (CocoEvaluator Evaluator, string Kind, double?[] Expected) Read(int index)
    {
        var one = _cases[index];
        var kind = one.GetProperty("kind").GetString()!;
        var evaluator = new CocoEvaluator(kind == "keypoints" ? CocoProtocol.Poses : CocoProtocol.Objects);
        var truths = Rows(one, "truths").ToLookup(row => ((int)row[0], (int)row[1]), row => row[2..]);
        var findings = Rows(one, "findings").ToLookup(row => ((int)row[0], (int)row[1]), row => row[2..]);
        for (var category = 0; category < one.GetProperty("categories").GetInt32(); category++)
        {
            for (var picture = 0; picture < one.GetProperty("pictures").GetInt32(); picture++)
            {
                var (annotated, found) = (truths[(picture, category)].ToList(), findings[(picture, category)].ToList());
                var kinds = annotated.Select(row => KindOf(kind, row)).ToList();
                evaluator.Add(
                    picture, category, [.. annotated.Zip(kinds, (row, its) => new CocoTruth(row[1], its))],
                    [.. found.Select(row => Finding(kind, row, annotated, kinds))]);
            }
        }

        return (evaluator, kind, [.. one.GetProperty("expected").EnumerateArray().Select(figure => figure.GetDouble() is var value && value < 0 ? (double?)null : value)]);
    }

    private static IEnumerable<double[]> Rows(JsonElement element, string name) =>
        element.GetProperty(name).EnumerateArray().Select(row => row.EnumerateArray().Select(number => number.GetDouble()).ToArray());

    private static CocoTruthKind KindOf(string kind, double[] row) => row[0] > 0 ? CocoTruthKind.Crowd
        : kind == "keypoints" && !Points(row[6..], 3).Any(point => point.IsLabelled) ? CocoTruthKind.Ignored
        : CocoTruthKind.Counted;

    private static CocoFinding Finding(string kind, double[] row, List<double[]> annotated, List<CocoTruthKind> kinds)
    {
        switch (kind)
        {
            case "bbox":
                var box = BoxOf(row[1..]);
                return new CocoFinding(row[0], box.Area, [.. annotated.Zip(kinds, (truth, its) => box.Overlap(BoxOf(truth[2..]), its))]);
            case "segm":
                var mask = MaskOf(row[1..]);
                return new CocoFinding(row[0], mask.Area, [.. annotated.Zip(kinds, (truth, its) => Overlap(mask, MaskOf(truth[2..]), its))]);
            default:
                var points = Points(row[1..], 2);
                var area = (points.Max(point => point.X) - points.Min(point => point.X)) * (points.Max(point => point.Y) - points.Min(point => point.Y));
                return new CocoFinding(row[0], area, [.. annotated.Select(truth => ObjectKeypointSimilarity.Of(points, Points(truth[6..], 3), truth[1], BoxOf(truth[2..6])))]);
        }
    }

    private static double Overlap(RunLengthMask found, RunLengthMask truth, CocoTruthKind kind)
    {
        var common = found.CommonArea(truth);
        return common == 0 ? 0 : (double)common / (kind == CocoTruthKind.Crowd ? found.Area : found.Area + truth.Area - common);
    }

    private static CocoBox BoxOf(double[] numbers) => new(numbers[0], numbers[1], numbers[2], numbers[3]);

    private static RunLengthMask MaskOf(double[] numbers) => RunLengthMask.FromCounts(MaskWidth, MaskHeight, [.. numbers.Select(number => (uint)number)]);

    private static CocoKeypoint[] Points(double[] numbers, int stride) =>
        [.. numbers.Chunk(stride).Select(point => new CocoKeypoint(point[0], point[1], stride < 3 || point[2] > 0))];
}
