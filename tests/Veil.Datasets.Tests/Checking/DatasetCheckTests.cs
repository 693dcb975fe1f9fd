using Veil.Datasets.Checking;

namespace Veil.Datasets.Tests.Checking;

public class DatasetCheckTests
{
    [Theory]
    [InlineData("cityscapes", 0)]
    [InlineData("bdd100k", 1)]
    [InlineData("coco", 1)]
    [InlineData("voc", 0)]
    [InlineData("yolo", 1)]
    public void A_good_dataset_has_no_errors(string format, int unannotated)
    {
        using var tree = format switch { "cityscapes" => Samples.Cityscapes(), "bdd100k" => Samples.Bdd(), "coco" => Samples.Coco(), "voc" => Samples.Voc(), _ => Samples.Yolo() };
        if (format == "bdd100k")
        {
            // Its mask is of another size than the picture, which is told.
            tree.Text("labels/ins_seg/polygons/ins_seg_train.json", """[{"name": "0004a4c0-d4dff0ad.png", "labels": []}]""");
        }

        var (counts, problems) = Check(tree, format);
        Assert.DoesNotContain(problems, problem => problem.Severity == DatasetSeverity.Error);
        Assert.Equal(unannotated + (format == "cityscapes" ? 1 : 0), problems.Count(problem => problem.Kind == DatasetProblemKind.NoAnnotation));
        Assert.Equal((0, problems.Count), (counts.Errors, counts.Notes));
    }

    [Fact]
    public void Counts_are_by_split_and_category()
    {
        using var tree = Samples.Coco();
        var (counts, _) = Check(tree, "coco");
        var train = counts.Splits["train2017"];
        Assert.Equal((2, 2, 0, 0, 3), (train.Pictures, train.Annotated, train.Partial, train.Missing, train.Objects));
        Assert.Equal((2, 1), (train.ByCategory["person"], train.ByCategory["car"]));
        Assert.Equal((1, 0), (counts.Splits["val2017"].Pictures, counts.Splits["val2017"].Annotated));
        Assert.Equal(4, counts.Files[DatasetFileRole.Annotations]);
    }

    [Fact]
    public void Pictures_are_looked_at()
    {
        using var tree = Samples.Coco();
        tree.Picture("train2017/000000000001.png", 48, 64).Bytes("train2017/000000000002.png", []);
        File.Delete(Path.Combine(tree.Root, "val2017", "000000000003.png"));
        var (counts, problems) = Check(tree, "coco");
        Assert.Equal(
            [
                ("Size", "annotations/instances_train2017.json:3"), ("Malformed", "train2017/000000000002.png"), ("MissingFile", "annotations/image_info_val2017.json:1"),
                ("NoAnnotation", "val2017/000000000003.png"),
            ],
            problems.Select(problem => (problem.Kind.ToString(), problem.Place.ToString())));
        Assert.Equal((3, 1), (counts.Errors, counts.Splits["val2017"].Missing));
    }

    [Theory]
    [InlineData("\"bbox\": [0, 0, 0, 5]", DatasetProblemKind.Box)]
    [InlineData("\"bbox\": [5, 5, -2, 5]", DatasetProblemKind.Box)]
    [InlineData("\"bbox\": [60, 5, 20, 5]", DatasetProblemKind.Box)]
    [InlineData("\"bbox\": [-3, 5, 20, 5]", DatasetProblemKind.Box)]
    [InlineData("\"bbox\": [1, 1, 5, 5], \"segmentation\": [[1, 1, 2, 2]]", DatasetProblemKind.Polygon)]
    [InlineData("\"bbox\": [1, 1, 5, 5], \"segmentation\": [[1, 1, 2, 2, 3, 3]]", DatasetProblemKind.Polygon)]
    [InlineData("\"bbox\": [1, 1, 5, 5], \"segmentation\": [[1, 1, 99, 2, 3, 3]]", DatasetProblemKind.Polygon)]
    [InlineData("\"bbox\": [1, 1, 5, 5], \"segmentation\": {\"size\": [48, 64], \"counts\": [3072]}", DatasetProblemKind.Mask)]
    [InlineData("\"bbox\": [1, 1, 5, 5], \"keypoints\": [1, 1, 2]", DatasetProblemKind.Keypoints)]
    [InlineData("\"bbox\": [1, 1, 5, 5], \"keypoints\": [1, 1, 2, 99, 1, 2]", DatasetProblemKind.Keypoints)]
    public void Shapes_are_looked_at(string shape, DatasetProblemKind kind)
    {
        using var tree = new Tree().Picture("train/a.png").Text(
            "annotations/instances_train.json",
            "{\"images\": [{\"id\": 1, \"file_name\": \"a.png\", \"width\": 64, \"height\": 48}],\n\"annotations\": [\n{\"id\": 1, \"image_id\": 1, \"category_id\": 1, " + shape
                + "}], \"categories\": [{\"id\": 1, \"name\": \"person\", \"keypoints\": [\"nose\", \"tail\"]}]}");
        var problem = Assert.Single(Check(tree, "coco").Problems);
        Assert.Equal((kind, "annotations/instances_train.json:3"), (problem.Kind, problem.Place.ToString()));
    }

    [Fact]
    public void Nothing_is_told_twice()
    {
        using var city = Samples.Cityscapes();
        city.Text("gtFine/train/aachen/aachen_000000_000019_gtFine_polygons.json", "{");
        Assert.Single(Check(city, "cityscapes").Problems, problem => problem.Severity == DatasetSeverity.Error);
        using var voc = Samples.Voc();
        voc.Text("VOCdevkit/VOC2007/Annotations/000001.xml", "<annotation>");
        Assert.Single(Check(voc, "voc").Problems, problem => problem.Severity == DatasetSeverity.Error);
    }

    [Fact]
    public void One_annotation_for_two_pictures_is_told()
    {
        using var tree = new Tree().Picture("images/a.png").Picture("images/a.jpg").Text("labels/a.txt", "0 .5 .5 .5 .5").Text("data.yaml", "names: [person]");
        Assert.Equal(DatasetProblemKind.Duplicate, Assert.Single(Check(tree, "yolo").Problems).Kind);
    }

    [DataFact("coco-mini")]
    public void Real_data_is_good()
    {
        var problems = new List<DatasetProblem>();
        var counts = DatasetCheck.Run(DatasetCatalog.Find("auto", SharedData.Path("coco-mini")), SharedData.Path("coco-mini"), Tree.Options(), problems.Add, CancellationToken.None);
        Assert.Empty(problems);
        Assert.Equal((79, 624), (counts.Splits["val2017"].Pictures, counts.Splits["val2017"].Objects));
    }

    private static (DatasetCounts Counts, List<DatasetProblem> Problems) Check(Tree tree, string format)
    {
        var problems = new List<DatasetProblem>();
        return (DatasetCheck.Run(DatasetCatalog.Find(format, tree.Root), tree.Root, Tree.Options(), problems.Add, CancellationToken.None), problems);
    }
}
