using Veil.Errors;
using Veil.Evaluation.Detection;
using Veil.Regions;

namespace Veil.Evaluation.Tests.Detection;

public class DetectionEvaluatorTests
{
    [Fact]
    public void Finding_every_face_and_nothing_else_is_perfect()
    {
        var accuracy = Evaluate([Face(0, 100), Face(200, 20)], [Found(0, 100, 0.9f), Found(200, 20, 0.8f)]);
        Assert.Equal(1, accuracy.Hard);
        Assert.Equal(new FaceSizeRecall(1, null, 1, null), accuracy.Recall);
    }

    [Fact]
    public void Precision_is_averaged_over_recall()
    {
        // Right, wrong, right over two faces: half the recall at precision 1, the other half at 2/3.
        var accuracy = Evaluate([Face(0, 100), Face(200, 100)], [Found(0, 100, 0.9f), Found(500, 100, 0.8f), Found(200, 100, 0.7f)]);
        Assert.Equal(0.5 + (0.5 * 2 / 3), accuracy.Hard, 9);
    }

    [Fact]
    public void A_second_detection_on_a_face_is_wrong()
    {
        var accuracy = Evaluate([Face(0, 100), Face(200, 100)], [Found(0, 100, 0.9f), Found(1, 100, 0.8f), Found(200, 100, 0.7f)]);
        Assert.Equal(0.5 + (0.5 * 2 / 3), accuracy.Hard, 9);
    }

    [Fact]
    public void Ignored_faces_count_neither_way()
    {
        var ignored = new AnnotatedFace(Box.FromSize(400, 0, 50, 50), false, false, false);
        var accuracy = Evaluate([Face(0, 100), ignored], [Found(400, 50, 0.95f), Found(0, 100, 0.9f)]);
        Assert.Equal(1, accuracy.Hard);
        Assert.Equal(1, accuracy.Faces);
        Assert.Equal(0, accuracy.AtOneFalsePositive.FalsePositivesPerPicture);
    }

    [Fact]
    public void Subsets_are_measured_apart()
    {
        var accuracy = Evaluate([Face(0, 100), new AnnotatedFace(Box.FromSize(200, 0, 20, 20), false, false, true)], [Found(0, 100, 0.9f)]);
        Assert.Equal(1, accuracy.Easy);
        Assert.Equal(0.5, accuracy.Hard);
    }

    [Fact]
    public void One_false_positive_per_picture_sets_the_threshold()
    {
        // Two wrong ones in one picture: only the stronger is let through, so the face below the weaker is missed.
        var accuracy = Evaluate([Face(0, 100)], [Found(500, 100, 0.9f), Found(700, 100, 0.6f), Found(0, 100, 0.5f)]);
        Assert.Equal(1, accuracy.AtOneFalsePositive.FalsePositivesPerPicture);
        Assert.Equal(0, accuracy.Recall.From64);
    }

    [Fact]
    public void Equal_scores_enter_together()
    {
        var accuracy = Evaluate([Face(0, 100)], [Found(0, 100, 0.9f), Found(500, 100, 0.9f)]);
        Assert.Equal(0.5, accuracy.Hard, 9);
    }

    [Fact]
    public void Json_has_the_agreed_keys()
    {
        var json = Evaluate([Face(0, 100)], [Found(0, 100, 0.9f)]).ToJson();
        Assert.All(["\"easy\"", "\"medium\"", "\"hard\"", "\"recall\"", "\"16-32\""], key => Assert.Contains(key, json, StringComparison.Ordinal));
    }

    [Fact]
    public void Broken_ground_truth_says_what_was_expected()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("truth.json", "[{\"file\":\"a.jpg\",\"faces\":[{\"box\":[1,2,3]}]}]"u8);
        var error = Assert.Throws<VeilException>(() => GroundTruth.Read(path));
        Assert.Equal(VeilErrorCode.InvalidGroundTruth, error.Code);
        Assert.Contains("face 0 of a.jpg", error.Message, StringComparison.Ordinal);
    }

    private static DetectionAccuracy Evaluate(AnnotatedFace[] faces, Region[] found)
    {
        var evaluator = new DetectionEvaluator();
        evaluator.Add(new AnnotatedPicture("a.jpg", faces), found);
        return evaluator.Evaluate();
    }

    private static AnnotatedFace Face(float left, float side) => new(Box.FromSize(left, 0, side, side), true, true, true);

    private static Region Found(float left, float side, float score) =>
        new(Box.FromSize(left, 0, side, side), RegionKind.Face, score, new RegionOrigin(RegionSource.Detector, "test"));
}
