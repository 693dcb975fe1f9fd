using Veil.Detection;
using Veil.Onnx.Decoders;
using Veil.Onnx.Faces;
using Veil.Regions;

namespace Veil.Onnx.Tests.Faces;

public class FaceMergeTests
{
    private static readonly FaceModelProfile Profile = new(
        new YuNetDecoder(),
        new ScaleRules { SmallestInputFace = 16, LargestInputFace = 96, LargestStep = 2, CoarsestPixels = 1, LargestEnlargement = 1, StandardPixels = 1 },
        new ScoreScale(0.5f), 0.4f);

    [Fact]
    public void Overlapping_boxes_become_their_mean_weighted_by_score()
    {
        var region = Assert.Single(Merge([new(new Box(0, 0, 10, 10), 0.6f, null), new(new Box(3, 0, 13, 10), 0.3f, null)], [0, 0]));
        Assert.Equal(1, region.Box.Left, 1e-5f);
        Assert.Equal(0.6f, region.Score, 1e-5f);
    }

    [Fact]
    public void A_face_that_two_views_saw_scores_higher()
    {
        var region = Assert.Single(Merge([new(new Box(0, 0, 10, 10), 0.6f, null), new(new Box(0, 0, 10, 10), 0.5f, null)], [0, 1]));
        Assert.Equal(0.6f + (0.4f * 0.5f * 0.2f), region.Score, 1e-5f);
    }

    [Fact]
    public void Faces_apart_stay_apart_strongest_first() => Assert.Equal(
        [0.9f, 0.2f],
        Merge([new(new Box(0, 0, 10, 10), 0.2f, null), new(new Box(50, 0, 60, 10), 0.9f, null)], [0, 0]).Select(region => region.Score));

    [Fact]
    public void Nothing_found_gives_no_region() => Assert.Empty(Merge([], []));

    private static IReadOnlyList<Region> Merge(Candidate[] candidates, int[] views) =>
        FaceMerge.Merge(candidates, views, Profile, RegionKind.Face, new RegionOrigin(RegionSource.Detector, "test"));
}
