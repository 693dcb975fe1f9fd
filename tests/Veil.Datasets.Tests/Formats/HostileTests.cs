using Veil.Errors;

namespace Veil.Datasets.Tests.Formats;

public class HostileTests
{
    private const string Image = """{"id": 1, "file_name": "a.png", "width": 64, "height": 48}""";
    private const string Category = """{"id": 1, "name": "person"}""";

    [Theory]
    [InlineData("{\"images\": [\n{]", DatasetProblemKind.Malformed, 2)]
    [InlineData("{\"images\": [],\n\"annotations\": [{\"id\": NaN}]}", DatasetProblemKind.Malformed, 2)]
    [InlineData("", DatasetProblemKind.Malformed, 1)]
    [InlineData("\n\n17", DatasetProblemKind.Malformed, 3)]
    [InlineData("{\"images\": [{\"id\": 1, \"file_name\": \"../../x.png\", \"width\": 64, \"height\": 48}]}", DatasetProblemKind.UnsafeName, 1)]
    [InlineData("{\"images\": [{\"id\": 1, \"file_name\": \"/etc/x.png\", \"width\": 64, \"height\": 48}]}", DatasetProblemKind.UnsafeName, 1)]
    [InlineData("{\"images\": [{\"id\": 1, \"file_name\": \"C:\\\\x.png\", \"width\": 64, \"height\": 48}]}", DatasetProblemKind.UnsafeName, 1)]
    [InlineData("{\"images\": [{\"id\": 1, \"file_name\": \"a/\\u0000.png\", \"width\": 64, \"height\": 48}]}", DatasetProblemKind.UnsafeName, 1)]
    [InlineData("{\"images\": [{\"id\": 1e999, \"file_name\": \"a.png\", \"width\": 64, \"height\": 48}]}", DatasetProblemKind.Malformed, 1)]
    [InlineData("{\"images\": [{\"id\": 1, \"file_name\": \"a.png\", \"width\": 1e999, \"height\": 48}]}", DatasetProblemKind.Malformed, 1)]
    [InlineData("{\"images\": [{\"id\": 1, \"file_name\": \"a.png\", \"width\": -64, \"height\": 48}]}", DatasetProblemKind.Malformed, 1)]
    [InlineData("{\"images\": [\"a.png\"]}", DatasetProblemKind.Malformed, 1)]
    public void Broken_lists_are_told_with_file_and_line(string json, DatasetProblemKind kind, int line)
    {
        using var tree = new Tree().Picture("train/a.png").Text("annotations/instances_train.json", json);
        var problem = tree.ReadAll("coco")[0];
        Assert.Equal((kind, new DatasetPlace("annotations/instances_train.json", line)), (problem.Kind, problem.Place));
        var error = Assert.Throws<VeilException>(() => tree.Open("coco"));
        Assert.Equal(VeilErrorCode.InvalidDataset, error.Code);
        Assert.StartsWith($"annotations/instances_train.json:{line}: Expected ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id": 1, "image_id": 7, "category_id": 1, "bbox": [0, 0, 1, 1]}""", DatasetProblemKind.UnknownPicture)]
    [InlineData("""{"id": 1, "image_id": 1, "category_id": 7, "bbox": [0, 0, 1, 1]}""", DatasetProblemKind.UnknownCategory)]
    [InlineData("""{"id": 1, "image_id": 1, "category_id": "1", "bbox": [0, 0, 1, 1]}""", DatasetProblemKind.Malformed)]
    [InlineData("""{"id": 1, "image_id": 1, "category_id": 1, "bbox": [0, 0, 1]}""", DatasetProblemKind.Malformed)]
    [InlineData("""{"id": 1, "image_id": 1, "category_id": 1, "bbox": [0, 0, 1e999, 1]}""", DatasetProblemKind.Malformed)]
    [InlineData("""{"id": 1, "image_id": 1, "category_id": 1}""", DatasetProblemKind.Malformed)]
    [InlineData("""{"id": 1, "image_id": 1, "category_id": 1, "bbox": [0, 0, 1, 1], "segmentation": [[1, 2, 3]]}""", DatasetProblemKind.Malformed)]
    [InlineData("""{"id": 1, "image_id": 1, "category_id": 1, "bbox": [0, 0, 1, 1], "segmentation": {"size": [64, 48], "counts": [3072]}}""", DatasetProblemKind.Mask)]
    [InlineData("""{"id": 1, "image_id": 1, "category_id": 1, "bbox": [0, 0, 1, 1], "segmentation": {"size": [48, 64], "counts": [3071]}}""", DatasetProblemKind.Mask)]
    [InlineData("""{"id": 1, "image_id": 1, "category_id": 1, "bbox": [0, 0, 1, 1], "segmentation": {"size": [48, 64], "counts": [-1, 3073]}}""", DatasetProblemKind.Mask)]
    [InlineData("""{"id": 1, "image_id": 1, "category_id": 1, "bbox": [0, 0, 1, 1], "segmentation": {"size": [48, 64], "counts": "oo"}}""", DatasetProblemKind.Mask)]
    [InlineData("""{"id": 1, "image_id": 1, "category_id": 1, "bbox": [0, 0, 1, 1], "keypoints": [1, 2, 3]}""", DatasetProblemKind.Malformed)]
    [InlineData("""{"id": 1, "category_id": 1, "bbox": [0, 0, 1, 1]}""", DatasetProblemKind.Malformed)]
    public void Broken_annotations_are_told_and_the_others_stay(string annotation, DatasetProblemKind kind)
    {
        using var tree = new Tree().Picture("train/a.png").Text(
            "annotations/instances_train.json",
            $$"""{"images": [{{Image}}],{{"\n"}}"annotations": [{"id": 9, "image_id": 1, "category_id": 1, "bbox": [0, 0, 1, 1]},{{"\n"}}{{annotation}}], "categories": [{{Category}}]}""");
        using var reader = tree.OpenAnyway("coco");
        Assert.Single(reader.Pictures().Single().ReadObjects());
        var problem = Assert.Single(tree.Problems);
        Assert.Equal((kind, 3), (problem.Kind, problem.Place.Line));
        Assert.Throws<VeilException>(() =>
        {
            using var strict = tree.Open("coco");
            return strict.Pictures().Single().ReadObjects();
        });
    }

    [Fact]
    public void Duplicates_are_told()
    {
        using var tree = new Tree().Picture("train/a.png").Text(
            "annotations/instances_train.json",
            $$"""
            {"images": [{{Image}}, {{Image}},
            {"id": 2, "file_name": "a.png", "width": 64, "height": 48}],
            "annotations": [{"id": 9, "image_id": 1, "category_id": 1, "bbox": [0, 0, 1, 1]},
            {"id": 9, "image_id": 1, "category_id": 1, "bbox": [5, 5, 1, 1]}], "categories": [{{Category}}, {{Category}}]}
            """);
        Assert.Equal([4, 4, 1, 2], tree.ReadAll("coco").Where(problem => problem.Kind == DatasetProblemKind.Duplicate).Select(problem => problem.Place.Line));
    }

    [Fact]
    public void Deep_nesting_is_an_error_and_no_crash()
    {
        var deep = new string('[', 100_000);
        using var tree = new Tree().Picture("train/a.png").Text("annotations/instances_train.json", "{\"x\": " + deep);
        Assert.Equal(DatasetProblemKind.Malformed, tree.ReadAll("coco")[0].Kind);
        using var city = Samples.Cityscapes();
        city.Text("gtFine/train/aachen/aachen_000000_000019_gtFine_polygons.json", deep);
        Assert.Equal(DatasetProblemKind.Malformed, city.ReadAll("cityscapes")[0].Kind);
        using var voc = Samples.Voc();
        voc.Text("VOCdevkit/VOC2007/Annotations/000001.xml", string.Concat(Enumerable.Repeat("<annotation>", 50_000)));
        Assert.Equal(DatasetProblemKind.Malformed, voc.ReadAll("voc")[0].Kind);
    }

    [Fact]
    public void Entries_larger_than_the_buffer_and_files_with_marks_and_returns_are_read()
    {
        var corners = string.Join(", ", Enumerable.Range(0, 100_000).Select(i => $"{i % 64}, {i % 48}"));
        using var tree = new Tree().Picture("train/ä b.png").Text(
            "annotations/instances_train.json",
            "\uFEFF{\r\n\"categories\": [{\"id\": 1, \"name\": \"person\"}],\r\n\"annotations\": [{\"id\": 1, \"image_id\": 1, \"category_id\": 1, \"segmentation\": [[" + corners + "]]}],\r\n\"images\": [{\"id\": 1, \"file_name\": \"ä b.png\", \"width\": 64, \"height\": 48}]}\r\n");
        using var reader = tree.Open("coco");
        var found = Assert.Single(reader.Pictures().Single().ReadObjects());
        Assert.Equal((100_000, 3), (found.Polygons[0].Corners, found.Place.Line));
    }

    [Theory]
    [InlineData("<annotation><object><name>car</name></object></annotation>", 1)]
    [InlineData("<annotation>\n<object><name>car</name><bndbox><xmin>NaN</xmin><ymin>1</ymin><xmax>2</xmax><ymax>2</ymax></bndbox></object></annotation>", 2)]
    [InlineData("<annotation>\n\n<object>", 3)]
    [InlineData("<html/>", 1)]
    [InlineData("", 1)]
    [InlineData("<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><annotation>&a;</annotation>", 1)]
    public void Broken_xml_is_told_with_its_line(string xml, int line)
    {
        using var tree = new Tree().Picture("JPEGImages/a.png").Text("Annotations/a.xml", xml);
        var problem = tree.ReadAll("voc")[0];
        Assert.Equal((DatasetProblemKind.Malformed, "Annotations/a.xml", line), (problem.Kind, problem.Place.File, problem.Place.Line));
    }

    [Theory]
    [InlineData("0 .5 .5 .5", DatasetProblemKind.Malformed)]
    [InlineData("0 .5 .5 .5 x", DatasetProblemKind.Malformed)]
    [InlineData("0 .5 .5 .5 NaN", DatasetProblemKind.Malformed)]
    [InlineData("0 .5 .5 .5 1e300", DatasetProblemKind.Malformed)]
    [InlineData("0.5 .5 .5 .5 .5", DatasetProblemKind.Malformed)]
    [InlineData("9 .5 .5 .5 .5", DatasetProblemKind.UnknownCategory)]
    [InlineData("-1 .5 .5 .5 .5", DatasetProblemKind.UnknownCategory)]
    [InlineData("0 .1 .1 .2 .2 .3", DatasetProblemKind.Malformed)]
    public void Broken_lines_are_told(string line, DatasetProblemKind kind)
    {
        using var tree = new Tree().Picture("images/a.png").Text("labels/a.txt", "0 .5 .5 .5 .5\n" + line + "\n").Text("data.yaml", "names: [person]");
        var problem = Assert.Single(tree.ReadAll("yolo"));
        Assert.Equal((kind, "labels/a.txt:2"), (problem.Kind, problem.Place.ToString()));
    }

    [Theory]
    [InlineData("names: [a, b\n")]
    [InlineData("names: 5\n")]
    [InlineData("names:\n  x: person\n")]
    public void Broken_yaml_is_told(string yaml)
    {
        using var tree = new Tree().Picture("images/a.png").Text("labels/a.txt", "").Text("data.yaml", yaml);
        Assert.Equal("data.yaml", tree.ReadAll("yolo")[0].Place.File);
    }

    [Fact]
    public void A_Yolo_dataset_without_names_is_refused()
    {
        using var tree = new Tree().Picture("images/a.png").Text("labels/a.txt", "0 .5 .5 .5 .5");
        Assert.Contains("which class is a person", Assert.Throws<VeilException>(() => tree.Open("yolo")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_that_lead_out_of_the_dataset_are_refused()
    {
        using var tree = new Tree().Picture("images/a.png").Text("labels/a.txt", "").Text("list.txt", "./images/a.png\n/etc/passwd\nimages/../../x.png\n").Text("data.yaml", "names: [person]\ntrain: list.txt");
        Assert.Equal(["list.txt:2", "list.txt:3"], tree.ReadAll("yolo").Select(problem => problem.Place.ToString()));
    }

    [Theory]
    [InlineData("""{"label": "person", "polygon": [[1, 2], [3]]}""", DatasetProblemKind.Malformed)]
    [InlineData("""{"label": "person", "polygon": []}""", DatasetProblemKind.Malformed)]
    [InlineData("""{"label": "person"}""", DatasetProblemKind.Malformed)]
    [InlineData("""{"label": "unicorn", "polygon": [[1, 2], [3, 4], [5, 5]]}""", DatasetProblemKind.UnknownCategory)]
    public void Broken_Cityscapes_objects_are_told(string text, DatasetProblemKind kind)
    {
        using var tree = Samples.Cityscapes();
        tree.Text("gtFine/train/aachen/aachen_000000_000019_gtFine_polygons.json", "{\"imgHeight\": 48, \"imgWidth\": 64,\n\"objects\": [{\"label\": \"road\", \"polygon\": [[0, 0], [1, 0], [1, 1]]},\n" + text + "]}");
        var problem = Assert.Single(tree.ReadAll("cityscapes"));
        Assert.Equal((kind, 3), (problem.Kind, problem.Place.Line));
    }

    [Theory]
    [InlineData("""{"category": "pedestrian", "box2d": {"x1": 1, "y1": 2, "x2": 3}}""", DatasetProblemKind.Malformed)]
    [InlineData("""{"category": "unicorn", "box2d": {"x1": 1, "y1": 2, "x2": 3, "y2": 4}}""", DatasetProblemKind.UnknownCategory)]
    [InlineData("""{"category": "unicorn", "poly2d": [{"vertices": [[1, 2]], "types": "L", "closed": true}]}""", DatasetProblemKind.UnknownCategory)]
    [InlineData("""{"category": "pedestrian", "poly2d": [{"vertices": [[1, 2]], "types": "LL", "closed": true}]}""", DatasetProblemKind.Malformed)]
    [InlineData("""{"category": "pedestrian", "rle": {"counts": "3", "size": [1e9, 1e9]}}""", DatasetProblemKind.Mask)]
    [InlineData("""{"category": "pedestrian"}""", DatasetProblemKind.Malformed)]
    public void Broken_Bdd_labels_are_told(string label, DatasetProblemKind kind)
    {
        using var tree = Samples.Bdd();
        tree.Text("labels/det_20/det_val.json", "[\n{\"name\": \"b1c66a42-6f7d68ca.png\", \"labels\": [" + label + "]}]");
        var problem = Assert.Single(tree.ReadAll("bdd100k"));
        Assert.Equal((kind, "labels/det_20/det_val.json:2"), (problem.Kind, problem.Place.ToString()));
    }

    [Fact]
    public void Bdd_names_that_lead_out_are_refused()
    {
        using var tree = Samples.Bdd();
        tree.Text("labels/det_20/det_val.json", """[{"name": "../../../x.png", "labels": []}, {"name": "y.png", "videoName": "..", "labels": []}]""");
        Assert.Equal([DatasetProblemKind.UnsafeName, DatasetProblemKind.UnsafeName], tree.ReadAll("bdd100k").Select(problem => problem.Kind));
    }

    [Fact]
    public void Missing_pictures_come_last_with_the_place_that_names_them()
    {
        using var tree = Samples.Coco();
        File.Delete(Path.Combine(tree.Root, "train2017", "000000000001.png"));
        using var reader = tree.Open("coco");
        var missing = reader.Pictures().Last();
        Assert.Equal(("train2017/000000000001.png", false, "annotations/instances_train2017.json:3"), (missing.Path, missing.Exists, missing.Place.ToString()));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error() =>
        Assert.Equal(VeilErrorCode.InvalidDataset, Assert.Throws<VeilException>(() => DatasetCatalog.Find("coco", "/nowhere").Open("/nowhere", Tree.Options())).Code);

    [Fact]
    public void An_unknown_format_is_told_with_the_known_ones() =>
        Assert.Contains("cityscapes, bdd100k, coco, voc, yolo, image-folders", Assert.Throws<VeilException>(() => DatasetCatalog.Find("kitti", "/")).Message, StringComparison.Ordinal);
}
