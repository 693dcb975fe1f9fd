using System.Numerics;
using System.Text.Json;
using Veil.Imaging;
using Veil.Regions;
using Veil.TensorFlowLite.Bodies;
using Veil.TensorFlowLite.Inference;

namespace Veil.TensorFlowLite.Tests.Bodies;

public sealed class PoseEstimatorTests : IDisposable
{
    private readonly PoseEstimator _estimator = new(new TfLiteModel(Models.Pose));

    public void Dispose() => _estimator.Dispose();

    [Fact]
    public void Where_nobody_is_the_network_is_not_certain()
    {
        using var picture = new PixelBuffer(300, 300, PixelFormat.Rgb24);
        var pose = _estimator.Estimate(picture, new Box(50, 20, 200, 290));
        Assert.True(pose.Certainty < 0.5f);
        Assert.Equal(17, pose.Points.Length);
        Assert.All(pose.Points, point => Assert.InRange(point.Visibility, 0, 1));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 200)]
    public void Boxes_may_reach_over_the_border_and_masks_do_not(int width, int height)
    {
        using var picture = new PixelBuffer(width, height, PixelFormat.Rgb24);
        foreach (var box in new[] { new Box(-5, -5, 1, 1), new Box(-900, -900, 900, 900), new Box(900, 900, 1200, 1200) })
        {
            var mask = _estimator.Outline(picture, box);
            Assert.True(mask is null || mask.Bounds.Intersect(picture.Bounds) == mask.Bounds);
            Assert.Equal(17, _estimator.Estimate(picture, box).Points.Length);
        }
    }

    [Fact]
    public void Another_pixel_format_or_an_empty_box_is_a_mistake()
    {
        using var gray = new PixelBuffer(9, 9, PixelFormat.Gray8);
        using var picture = new PixelBuffer(9, 9, PixelFormat.Rgb24);
        Assert.Throws<ArgumentException>(() => _estimator.Estimate(gray, new Box(0, 0, 9, 9)));
        Assert.Throws<ArgumentException>(() => _estimator.Estimate(picture, new Box(5, 5, 5, 9)));
        Assert.Throws<ArgumentException>(() => _estimator.Outline(picture, new Box(5, 5, 5, 9)));
    }

    [DataFact("coco-mini")]
    public void Points_of_large_people_lie_where_annotators_put_them()
    {
        var distances = new List<float>();
        foreach (var (file, box, points) in LargePeople().Take(12))
        {
            using var picture = PictureFile.ReadRgb24(file);
            var pose = _estimator.Estimate(picture, box);
            distances.AddRange(points.Select((point, index) => (point, index)).Where(one => one.point is not null).Select(one => Vector2.Distance(one.point!.Value, pose.Points[one.index].Position) / box.LongSide));
        }

        distances.Sort();
        Assert.True(distances.Count > 60);
        Assert.True(distances[distances.Count / 2] < 0.05f, $"{distances[distances.Count / 2]}");
    }

    [DataFact("coco-mini")]
    public void Masks_of_large_people_hold_the_shoulders_and_hips_that_annotators_marked()
    {
        var (held, all) = (0, 0);
        foreach (var (file, box, points) in LargePeople().Take(12))
        {
            using var picture = PictureFile.ReadRgb24(file);
            var mask = _estimator.Outline(picture, box);
            foreach (var corner in new[] { points[5], points[6], points[11], points[12] }.OfType<Vector2>())
            {
                all++;
                var (x, y) = ((int)corner.X, (int)corner.Y);
                held += mask is not null && x >= mask.Bounds.Left && x < mask.Bounds.Right && y >= mask.Bounds.Top && y < mask.Bounds.Bottom && mask.Row(y)[x - mask.Bounds.Left] > 0 ? 1 : 0;
            }
        }

        Assert.True(all > 20 && held > 0.7 * all, $"{held} of {all}");
    }

    /// <summary>Annotated people of 200 pixels and more with ten points or more.</summary>
    private static IEnumerable<(string File, Box Box, Vector2?[] Points)> LargePeople()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(SharedData.Path("coco-mini", "annotations", "person_keypoints_val2017.json")));
        var files = document.RootElement.GetProperty("images").EnumerateArray().ToDictionary(image => image.GetProperty("id").GetInt64(), image => image.GetProperty("file_name").GetString()!);
        foreach (var one in document.RootElement.GetProperty("annotations").EnumerateArray())
        {
            float[] box = [.. one.GetProperty("bbox").EnumerateArray().Select(edge => edge.GetSingle())];
            if (box[3] >= 200 && one.GetProperty("num_keypoints").GetInt32() >= 10)
            {
                yield return (
                    SharedData.Path("coco-mini", "val2017", files[one.GetProperty("image_id").GetInt64()]), Box.FromSize(box[0], box[1], box[2], box[3]),
                    [.. one.GetProperty("keypoints").EnumerateArray().Select(value => value.GetSingle()).Chunk(3).Select(point => point[2] > 0 ? new Vector2(point[0] + 0.5f, point[1] + 0.5f) : (Vector2?)null)]);
            }
        }
    }

    [Fact]
    public void Whoever_asks_for_poses_gets_the_same_finder_and_where_nobody_is_there_is_no_pose()
    {
        var loader = PoseEstimator.Loader(_ => Models.Pose);
        Assert.Same(loader(), loader());
        using var picture = new PixelBuffer(120, 200, PixelFormat.Rgb24);
        Assert.Empty(loader()(picture, new Box(20, 20, 100, 180)));
    }
}
