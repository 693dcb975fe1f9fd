using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Veil.Datasets.Checking;
using Veil.Datasets.Converting;
using Veil.Datasets.Masks;
using Veil.Errors;
using Veil.Regions;

namespace Veil.Datasets.Tests.Converting;

public class ConversionTests
{
    private static readonly PictureSize Size = new(640, 480);
    private static readonly IReadOnlyList<DatasetCategory> Categories = [new("person", 0, CategorySubject.Person) { Keypoints = KeypointSkeleton.Names }, new("car", 1, CategorySubject.Other)];

    [Theory]
    [InlineData("coco", 0.002)]
    [InlineData("voc", 0.002)]
    [InlineData("yolo", 0.002)]
    [InlineData("cityscapes", 0.002)]
    [InlineData("bdd100k", 0.002)]
    public void Boxes_survive_every_format(string format, double tolerance) => Prop.ForAll(Arb.From(Boxes), boxes =>
    {
        if (format == "cityscapes")
        {
            // Its corners name whole pixels.
            boxes = [.. boxes.Select(box => new Box(MathF.Floor(box.Left), MathF.Floor(box.Top), MathF.Ceiling(box.Right), MathF.Ceiling(box.Bottom)))];
        }

        var back = RoundTrip(format, DatasetFeatures.Boxes, [.. boxes.Select((box, i) => Object(Categories[i % 2], box))]);
        return back.Count == boxes.Length && back.Zip(boxes).All(pair => Near(pair.First.Box, pair.Second, tolerance)) && back.Select((found, i) => found.Category.Name == Categories[i % 2].Name).All(same => same);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    [Theory]
    [InlineData("coco")]
    [InlineData("yolo")]
    [InlineData("cityscapes")]
    [InlineData("bdd100k")]
    public void Polygons_survive_where_they_can_be_held(string format) => Prop.ForAll(Arb.From(Polygons), polygon =>
    {
        var around = Polygon.BoxAround([polygon])!.Value;
        var found = Object(Categories[1], around) with { Polygons = [polygon] };
        var back = Assert.Single(RoundTrip(format, DatasetFeatures.Boxes | DatasetFeatures.Polygons, [found]));
        return back.Polygons.Single().Coordinates.Zip(polygon.Coordinates).All(pair => Math.Abs(pair.First - pair.Second) < 0.002);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    [Theory]
    [InlineData("coco")]
    [InlineData("yolo")]
    public void Keypoints_survive_where_they_can_be_held(string format)
    {
        ImmutableArray<Keypoint> points = [.. Enumerable.Range(0, 17).Select(i => i % 3 == 0 ? default : new Keypoint(10.5 + i, 20.5 + i, (KeypointState)(i % 3)))];
        var found = Object(Categories[0], new Box(10, 10, 60, 60)) with { Keypoints = points };
        var back = Assert.Single(RoundTrip(format, DatasetFeatures.Boxes | DatasetFeatures.Keypoints, [found])).Keypoints;
        Assert.All(back.Zip(points), pair => Assert.True(pair.First.State == pair.Second.State && Math.Abs(pair.First.X - pair.Second.X) < 0.01 && Math.Abs(pair.First.Y - pair.Second.Y) < 0.01));
    }

    [Theory]
    [InlineData("coco")]
    [InlineData("bdd100k")]
    public void Masks_and_crowds_survive_where_they_can_be_held(string format)
    {
        var mask = RunLengthMask.FromPolygon(new Polygon([10, 10, 200, 30, 100, 300]), 640, 480);
        var found = Object(Categories[0], new Box(10, 10, 200, 300)) with { Mask = mask, IsCrowd = true };
        var back = Assert.Single(RoundTrip(format, DatasetFeatures.Boxes | DatasetFeatures.Masks | DatasetFeatures.Crowds, [found]));
        Assert.Equal((true, mask.ToText()), (back.IsCrowd, back.Mask!.ToText()));
    }

    [Fact]
    public void Several_polygons_become_one_outline_of_the_same_pixels_in_Yolo()
    {
        ImmutableArray<Polygon> parts = [Polygon.Of(new Box(10, 10, 50, 50)), Polygon.Of(new Box(100, 100, 150, 150)), Polygon.Of(new Box(300, 10, 350, 90))];
        var found = Object(Categories[1], new Box(10, 10, 350, 150)) with { Polygons = parts };
        var back = Assert.Single(Assert.Single(RoundTrip("yolo", DatasetFeatures.Polygons, [found])).Polygons);
        Assert.Equal(RunLengthMask.FromPolygons(parts, 640, 480).Area, RunLengthMask.FromPolygon(back, 640, 480).Area);
    }

    [DataTheory("coco-mini")]
    [InlineData("coco")]
    [InlineData("voc")]
    [InlineData("yolo")]
    [InlineData("bdd100k")]
    [InlineData("cityscapes")]
    public void Coco_mini_is_right_in_every_format(string format)
    {
        using var target = new Tree();
        var root = Path.Combine(target.Root, "new");
        ConversionResult result;
        using (var reader = DatasetCatalog.Find("coco", SharedData.Path("coco-mini")).Open(SharedData.Path("coco-mini"), Tree.Options()))
        {
            result = DatasetConversion.Run(reader, DatasetCatalog.Find(format, root), root, DatasetFeatures.Boxes, ConvertedPictures.Link, Tree.Options().SizeOf, CancellationToken.None);
        }

        Assert.Equal((79, 624), (result.Pictures, result.Objects));
        var problems = new List<DatasetProblem>();
        var counts = DatasetCheck.Run(DatasetCatalog.Find("auto", root), root, Tree.Options(), problems.Add, CancellationToken.None);
        Assert.Equal(format, counts.Format);
        Assert.Empty(problems);
        var lost = result.Losses.Where(loss => loss.Key.Contains("category", StringComparison.Ordinal)).Sum(loss => loss.Value);
        Assert.Equal(624, counts.Splits.Values.Sum(split => split.Objects) + lost);
        Assert.Equal(118, counts.Splits.Values.Sum(split => split.ByCategory.Where(entry => entry.Key.StartsWith("person", StringComparison.Ordinal)).Sum(entry => entry.Value)));
    }

    [Fact]
    public void Losses_are_counted()
    {
        using var source = Samples.Coco();
        using var target = new Tree();
        using var reader = source.Open("coco");
        var root = Path.Combine(target.Root, "new");
        var result = DatasetConversion.Run(reader, DatasetCatalog.Find("voc", root), root, DatasetCatalog.Find("coco", root).Features, ConvertedPictures.None, Tree.Options().SizeOf, CancellationToken.None);
        Assert.Equal((2, 3, 1, 0), (result.Pictures, result.Objects, result.Unannotated, result.Missing));
        Assert.Equal(["crowd marks 1", "masks 1", "objects' keypoints 1", "polygons 1"], result.Losses.OrderBy(loss => loss.Key, StringComparer.Ordinal).Select(loss => $"{loss.Key} {loss.Value}"));
        Assert.Equal(["new/Annotations/000000000001.xml", "new/Annotations/000000000002.xml", "new/ImageSets/Main/train2017.txt"], target.Files);
    }

    [Fact]
    public void Nothing_is_overwritten_or_written_into_the_source()
    {
        using var source = Samples.Coco();
        using var reader = source.Open("coco");
        using var filled = new Tree().Text("x", "");
        Assert.Equal(VeilErrorCode.OutputExists, Assert.Throws<VeilException>(() => Run(filled.Root)).Code);
        Assert.Equal(VeilErrorCode.InvalidOption, Assert.Throws<VeilException>(() => Run(Path.Combine(source.Root, "new"))).Code);
        Assert.Equal(VeilErrorCode.InvalidOption, Assert.Throws<VeilException>(() => Run(source.Root)).Code);

        void Run(string root) => DatasetConversion.Run(reader, DatasetCatalog.Find("yolo", root), root, DatasetFeatures.Boxes, ConvertedPictures.Copy, Tree.Options().SizeOf, CancellationToken.None);
    }

    [Fact]
    public void A_broken_source_leaves_no_finished_list()
    {
        using var source = Samples.Yolo();
        source.Text("labels/val/b.txt", "7 .5 .5 .5 .5");
        using var target = new Tree();
        var root = Path.Combine(target.Root, "new");
        using var reader = source.Open("yolo");
        Assert.Throws<VeilException>(() => DatasetConversion.Run(reader, DatasetCatalog.Find("coco", root), root, DatasetFeatures.Boxes, ConvertedPictures.None, Tree.Options().SizeOf, CancellationToken.None));
        Assert.Empty(target.Files);
    }

    [Fact]
    public void Pictures_of_one_name_get_names_of_their_own()
    {
        using var source = new Tree().Picture("images/train/a/1.png").Picture("images/train/b/1.png").Text("labels/train/a/1.txt", "0 .5 .5 .5 .5").Text("labels/train/b/1.txt", "").Text("data.yaml", "names: [person]\ntrain: images/train");
        using var target = new Tree();
        var root = Path.Combine(target.Root, "new");
        using var reader = source.Open("yolo");
        DatasetConversion.Run(reader, DatasetCatalog.Find("coco", root), root, DatasetFeatures.Boxes, ConvertedPictures.Copy, Tree.Options().SizeOf, CancellationToken.None);
        Assert.Equal(["new/annotations/instances_train.json", "new/train/1.png", "new/train/b_1.png"], target.Files);
    }

    private static IReadOnlyList<DatasetObject> RoundTrip(string format, DatasetFeatures features, IReadOnlyList<DatasetObject> objects)
    {
        using var folder = new Tree();
        var root = Path.Combine(folder.Root, "new");
        var known = DatasetCatalog.Find(format, root);
        var picture = new DatasetPicture("train/1.png", "/1.png", "train", new DatasetPlace("x"), () => objects);
        using (var writer = known.Create(root, new DatasetWriteOptions(Categories, features)))
        {
            writer.Add(picture, Size, objects);
            folder.Picture("new/" + writer.PathFor(picture), Size.Width, Size.Height);
            writer.Complete();
        }

        using var reader = DatasetCatalog.Find("auto", root).Open(root, Tree.Options());
        Assert.Equal(format, reader.Format);
        return Assert.Single(reader.Pictures()).ReadObjects();
    }

    private static DatasetObject Object(DatasetCategory category, Box box) => new(category, box, new DatasetPlace("x"));

    private static bool Near(Box one, Box other, double tolerance) =>
        Math.Abs(one.Left - other.Left) <= tolerance && Math.Abs(one.Top - other.Top) <= tolerance && Math.Abs(one.Right - other.Right) <= tolerance && Math.Abs(one.Bottom - other.Bottom) <= tolerance;

    private static Gen<Box[]> Boxes => Gen.NonEmptyListOf(
        from left in Gen.Choose(0, 60000)
        from top in Gen.Choose(0, 40000)
        from width in Gen.Choose(100, 4000)
        from height in Gen.Choose(100, 8000)
        select new Box(left / 100f, top / 100f, (left + width) / 100f, (top + height) / 100f)).Select(boxes => boxes.ToArray());

    private static Gen<Polygon> Polygons =>
        from corners in Gen.Choose(3, 9)
        from numbers in Gen.ArrayOf(Gen.Choose(0, 48000), corners * 2)
        where numbers.Chunk(2).Select(pair => pair[0]).Distinct().Count() > 1 && numbers.Chunk(2).Select(pair => pair[1]).Distinct().Count() > 1
        select new Polygon([.. numbers.Select(number => number / 100.0)]);
}

/// <summary>A theory over formats that needs real data.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DataTheoryAttribute : TheoryAttribute
{
    public DataTheoryAttribute(string relative) => Skip = SharedData.Has(relative) ? null : $"needs shared/data/{relative}, which is not here";
}
