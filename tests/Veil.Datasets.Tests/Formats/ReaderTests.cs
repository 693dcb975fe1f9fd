using Veil.Regions;

namespace Veil.Datasets.Tests.Formats;

public class ReaderTests
{
    [Fact]
    public void Cityscapes_has_its_objects_in_pixel_edges()
    {
        using var tree = Samples.Cityscapes();
        using var reader = tree.Open("auto");
        Assert.Equal("cityscapes", reader.Format);
        Assert.Equal(["test", "train", "val"], reader.Splits);
        var picture = Only(reader, "aachen_000000_000019_leftImg8bit.png");
        Assert.Equal(("train", AnnotationState.Present, new PictureSize(64, 48)), (picture.Split, picture.Annotations, picture.AnnotatedSize!.Value));
        var objects = picture.ReadObjects();
        Assert.Equal(["road", "person", "rider", "persongroup", "license plate", "ego vehicle"], objects.Select(found => found.Category.Name));
        Assert.Equal([5, 9, 13, 14, 15, 16], objects.Select(found => found.Place.Line));

        // Corners name pixels, and these belong to it: columns 10 to 19.
        Assert.Equal(new Box(10, 5, 20, 35), objects[1].Box);
        Assert.Equal([10.5, 5.5], objects[1].Polygons[0].Coordinates[..2].AsEnumerable());
        Assert.True(objects[3].IsCrowd);
        Assert.Equal(
            [CategorySubject.Person, CategorySubject.Person, CategorySubject.People, CategorySubject.Plate], objects.Skip(1).Take(4).Select(found => found.Category.Subject));
        Assert.Contains(reader.Categories, category => category is { Name: "ridergroup", Subject: CategorySubject.People });
    }

    [Fact]
    public void Cityscapes_test_labels_say_nothing_about_people()
    {
        using var tree = Samples.Cityscapes();
        using var reader = tree.Open("cityscapes");
        Assert.Equal(AnnotationState.Partial, Only(reader, "berlin_000000_000019_leftImg8bit.png").Annotations);
        Assert.Equal(AnnotationState.Absent, Only(reader, "aachen_000000_000019_rightImg8bit.png").Annotations);
    }

    [Fact]
    public void Cityscapes_labels_about_the_camera_alone_are_no_annotation_of_a_training_picture()
    {
        using var tree = Samples.Cityscapes();
        tree.Text("gtFine/val/frankfurt/frankfurt_000000_000294_gtFine_polygons.json", """{"imgHeight": 48, "imgWidth": 64, "objects": [{"label": "ego vehicle", "polygon": [[0, 44], [63, 44], [63, 47]]}]}""");
        using var reader = tree.Open("cityscapes");
        var error = Assert.Throws<Errors.VeilException>(() => Only(reader, "frankfurt_000000_000294_leftImg8bit.png").ReadObjects());
        Assert.Contains("whether it shows anybody", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cityscapes_label_pictures_are_labels_and_archives_are_not_trusted()
    {
        using var tree = Samples.Cityscapes();
        using var reader = tree.Open("cityscapes");
        var roles = reader.Files().ToDictionary(file => file.Path.Split('/')[^1], file => file.Role);
        Assert.Equal(DatasetFileRole.LabelMap, roles["aachen_000000_000019_gtFine_instanceIds.png"]);
        Assert.Equal(DatasetFileRole.Annotations, roles["aachen_000000_000019_gtFine_polygons.json"]);
        Assert.Equal(DatasetFileRole.Text, roles["README.md"]);
        Assert.Equal(DatasetFileRole.Unrecognised, roles["camera_trainvaltest.zip"]);
    }

    [Fact]
    public void Bdd_boxes_include_their_last_pixel()
    {
        using var tree = Samples.Bdd();
        using var reader = tree.Open("auto");
        Assert.Equal("bdd100k", reader.Format);
        Assert.Equal(["test", "train", "val"], reader.Splits);
        var objects = Only(reader, "0000f77c-6257be58.png").ReadObjects();
        Assert.Equal(["traffic light", "pedestrian", "rider", "other person"], objects.Select(found => found.Category.Name));
        Assert.Equal(new Box(10, 5, 20, 35), objects[1].Box);
        Assert.Equal(new Box(1.5f, 2.5f, 4.5f, 7.5f), objects[0].Box);
        Assert.True(objects[1].IsCrowd);
        Assert.All(objects.Skip(1), found => Assert.True(found.Category.IsPeople));
        Assert.Equal("G", objects[0].Attributes["trafficLightColor"]);
        Assert.Equal("labels/det_20/det_train.json:2", objects[0].Place.ToString());
    }

    [Fact]
    public void Bdd_curves_and_masks_are_read()
    {
        using var tree = Samples.Bdd();
        using var reader = tree.Open("bdd100k");
        var objects = Only(reader, "0004a4c0-d4dff0ad.png").ReadObjects();

        // The curve from (10, 10) over two control points to (30, 20), in sixteen steps, then the last corner.
        var polygon = Assert.Single(objects[0].Polygons);
        Assert.Equal(1 + 16 + 1, polygon.Corners);
        Assert.Equal([(10 + (3 * 20) + (3 * 30) + 30) / 8.0, (10 + (3 * 10) + (3 * 10) + 20) / 8.0], polygon.Coordinates[16..18].AsEnumerable());
        Assert.Equal(new Box(0, 0, 7, 8), new Box(0, 0, objects[1].Mask!.Width, objects[1].Mask!.Height));
    }

    [Fact]
    public void Bdd_labels_of_lanes_do_not_say_that_nobody_is_there()
    {
        using var tree = Samples.Bdd();
        using var reader = tree.Open("bdd100k");
        var val = Only(reader, "b1c66a42-6f7d68ca.png");
        Assert.Equal(AnnotationState.Present, val.Annotations);
        Assert.Empty(val.ReadObjects());
        Assert.Equal(AnnotationState.Absent, Only(reader, "cabc30fc-e7726578.png").Annotations);
        File.Delete(Path.Combine(tree.Root, "labels", "det_20", "det_val.json"));
        using var lanes = tree.Open("bdd100k");
        Assert.Equal(AnnotationState.Partial, Only(lanes, "b1c66a42-6f7d68ca.png").Annotations);
    }

    [Fact]
    public void The_first_release_of_Bdd_has_a_file_to_a_picture()
    {
        using var tree = Samples.BddFirst();
        using var reader = tree.Open("auto");
        var found = Assert.Single(Only(reader, "0000f77c-6257be58.jpg").ReadObjects());
        Assert.Equal(("person", new Box(10, 5, 20, 35)), (found.Category.Name, found.Box));
    }

    [Fact]
    public void Coco_joins_what_its_files_say_of_one_person()
    {
        using var tree = Samples.Coco();
        using var reader = tree.Open("auto");
        Assert.Equal("coco", reader.Format);
        Assert.Equal(["train2017", "val2017"], reader.Splits);
        var objects = Only(reader, "000000000001.png").ReadObjects();
        Assert.Equal(["10", "11", "12"], objects.Select(found => found.Id));
        Assert.Equal(new Box(10, 5, 20, 35), objects[0].Box);
        Assert.Equal(17, objects[0].Keypoints.Length);
        Assert.Equal(new Keypoint(15.5, 9.5, KeypointState.Visible), objects[0].Keypoints[0]);
        Assert.Equal(KeypointState.Hidden, objects[0].Keypoints[2].State);
        Assert.Equal((true, 9), (objects[1].IsCrowd, objects[1].Mask!.Area));
        Assert.Equal(new Box(0.5f, 40.25f, 10.5f, 45.25f), objects[2].Box);
        Assert.Equal("annotations/instances_train2017.json:5", objects[0].Place.ToString());
        Assert.Equal(17, reader.Categories.Single(category => category.Name == "person").Keypoints.Count);
    }

    [Fact]
    public void Coco_pictures_without_entries_show_nobody_but_those_of_lists_alone_may()
    {
        using var tree = Samples.Coco();
        using var reader = tree.Open("coco");
        var empty = Only(reader, "000000000002.png");
        Assert.Equal(AnnotationState.Present, empty.Annotations);
        Assert.Empty(empty.ReadObjects());
        Assert.Equal(AnnotationState.Absent, Only(reader, "000000000003.png").Annotations);
    }

    [Fact]
    public void Coco_pictures_that_only_a_list_of_plates_names_may_show_somebody()
    {
        using var tree = Samples.Coco();
        tree.Picture("train2017/000000000004.png").Text("annotations/plates_train2017.json", """
            {"images": [{"id": 1, "file_name": "train2017/000000000001.png", "width": 64, "height": 48}, {"id": 4, "file_name": "train2017/000000000004.png", "width": 64, "height": 48}],
             "annotations": [], "categories": [{"id": 1, "name": "license plate"}]}
            """);
        using var reader = tree.Open("coco");
        Assert.Equal(AnnotationState.Present, Only(reader, "000000000001.png").Annotations);
        Assert.Equal(AnnotationState.Partial, Only(reader, "000000000002.png").Annotations);
        Assert.Equal(AnnotationState.Partial, Only(reader, "000000000004.png").Annotations);
    }

    [Fact]
    public void Coco_pictures_that_lists_of_several_splits_name_are_in_each_of_them()
    {
        using var tree = Samples.Coco();
        tree.Text("annotations/instances_debug.json", """
            {"images": [{"id": 7, "file_name": "train2017/000000000001.png", "width": 64, "height": 48}], "annotations": [], "categories": [{"id": 1, "name": "person"}]}
            """);
        using var reader = tree.Open("coco");
        var picture = Only(reader, "000000000001.png");
        Assert.True(picture.IsIn(split => split == "train2017"));
        Assert.True(picture.IsIn(split => split == "debug"));
        Assert.False(picture.IsIn(split => split == "val2017"));
    }

    [DataFact("coco-mini")]
    public void Coco_mini_is_read_whole()
    {
        using var reader = DatasetCatalog.Find("auto", SharedData.Path("coco-mini")).Open(SharedData.Path("coco-mini"), Tree.Options());
        var pictures = reader.Pictures().ToList();
        Assert.Equal(79, pictures.Count);
        var objects = pictures.SelectMany(picture => picture.ReadObjects()).ToList();
        Assert.Equal(624, objects.Count);
        Assert.Equal(118, objects.Count(found => found.Category.IsPeople));
        Assert.Equal(118, objects.Count(found => !found.Keypoints.IsEmpty));
        Assert.Equal(5, objects.Count(found => found.IsCrowd));
    }

    [Fact]
    public void Voc_boxes_count_pixels_from_one()
    {
        using var tree = Samples.Voc();
        using var reader = tree.Open("auto");
        Assert.Equal("voc", reader.Format);
        var picture = Only(reader, "000001.png");
        Assert.Equal(("train", new PictureSize(64, 48)), (picture.Split, picture.AnnotatedSize!.Value));
        var objects = picture.ReadObjects();
        Assert.Equal(new Box(10, 5, 20, 35), objects[0].Box);
        Assert.Equal(new Box(0, 0, 64, 48), objects[1].Box);
        Assert.Equal((false, true), (objects[0].IsIgnored, objects[1].IsIgnored));
        Assert.Equal(6, objects[0].Place.Line);
        Assert.Equal(["car", "person"], reader.Categories.Select(category => category.Name));
        Assert.Equal("val", Only(reader, "000002.png").Split);
        Assert.Contains(reader.Files(), file => file is { Role: DatasetFileRole.LabelMap, Path: "VOCdevkit/VOC2007/SegmentationClass/000001.png" });
    }

    [DataFact("plates")]
    public void The_plates_are_a_Voc_dataset_of_plates()
    {
        using var reader = DatasetCatalog.Find("auto", SharedData.Path("plates")).Open(SharedData.Path("plates"), Tree.Options());
        Assert.Equal("voc", reader.Format);
        Assert.Equal(CategorySubject.Plate, Assert.Single(reader.Categories).Subject);
        Assert.Equal(95, reader.Pictures().Sum(picture => picture.ReadObjects().Count));
    }

    [Fact]
    public void Yolo_lines_are_fractions_of_the_picture()
    {
        using var tree = Samples.Yolo();
        using var reader = tree.Open("auto");
        Assert.Equal("yolo", reader.Format);
        Assert.Equal(["train", "val"], reader.Splits);
        Assert.Equal(["person", "traffic light"], reader.Categories.Select(category => category.Name));
        var objects = Only(reader, "a.png").ReadObjects();
        Assert.Equal(new Box(12, 12, 20, 36), objects[0].Box);
        Assert.Equal([32, 12, 48, 12, 48, 24, 32, 24], objects[1].Polygons[0].Coordinates.AsEnumerable());
        Assert.Equal(2, objects[1].Place.Line);
        Assert.Equal(new Box(0, 0, 64, 48), Assert.Single(Only(reader, "b.png").ReadObjects()).Box);
        Assert.Equal(AnnotationState.Present, Only(reader, "empty.png").Annotations);
        Assert.Equal(AnnotationState.Absent, Only(reader, "unlabelled.png").Annotations);
    }

    [Theory]
    [InlineData("names: [person, car]\ntrain: ../train/images\n")]
    [InlineData("names:\n- person\n- \"car\"\n")]
    [InlineData("names: {0: person, 1: car}\n")]
    public void Yolo_names_come_in_every_style(string yaml)
    {
        using var tree = new Tree().Picture("train/images/a.png").Text("train/labels/a.txt", "1 .5 .5 .5 .5").Text("data.yaml", yaml);
        using var reader = tree.Open("auto");
        Assert.Equal("car", Assert.Single(Only(reader, "a.png").ReadObjects()).Category.Name);
        Assert.Equal("train", Only(reader, "a.png").Split);
    }

    [Fact]
    public void Yolo_poses_have_keypoints()
    {
        var points = string.Join(' ', Enumerable.Range(0, 17).Select(i => i == 0 ? "0.5 0.25 2" : "0 0 0"));
        using var tree = new Tree().Picture("images/train/a.png").Text("labels/train/a.txt", "0 .5 .5 .5 .5 " + points).Text("data.yaml", "names: [person]\nkpt_shape: [17, 3]\n");
        using var reader = tree.Open("yolo");
        var found = Assert.Single(Only(reader, "a.png").ReadObjects());
        Assert.Equal(new Keypoint(32, 12, KeypointState.Visible), found.Keypoints[0]);
        Assert.Equal(KeypointState.Absent, found.Keypoints[16].State);
        Assert.Equal(KeypointSkeleton.Names, found.Category.Keypoints);
    }

    [Fact]
    public void Folders_of_pictures_have_classes_and_splits()
    {
        using var tree = new Tree().Picture("train/cat/1.png").Picture("train/dog/2.png").Picture("test/cat/3.png").Text("notes.txt", "");
        using var reader = tree.Open("auto");
        Assert.Equal("image-folders", reader.Format);
        Assert.Equal(["test", "train"], reader.Splits);
        Assert.Equal(["cat", "dog"], reader.Categories.Select(category => category.Name));
        Assert.Equal(
            [("test/cat/3.png", "test", "cat"), ("train/cat/1.png", "train", "cat"), ("train/dog/2.png", "train", "dog")],
            reader.Pictures().Select(picture => (picture.Path, picture.Split, picture.Category!.Name)));
    }

    [DataFact("classification-64")]
    public void Classification_pictures_are_all_there()
    {
        using var reader = DatasetCatalog.Find("auto", SharedData.Path("classification-64")).Open(SharedData.Path("classification-64"), Tree.Options());
        Assert.Equal((12, 2400), (reader.Categories.Count, reader.Pictures().Count()));
    }

    [Theory]
    [InlineData("cityscapes")]
    [InlineData("bdd100k")]
    [InlineData("coco")]
    [InlineData("voc")]
    [InlineData("yolo")]
    public void Every_file_comes_exactly_once_in_order_and_again_the_same(string format)
    {
        using var tree = format switch { "cityscapes" => Samples.Cityscapes(), "bdd100k" => Samples.Bdd(), "coco" => Samples.Coco(), "voc" => Samples.Voc(), _ => Samples.Yolo() };
        tree.Picture("elsewhere/portrait.png").Text(".hidden/x.json", "{").Text("z-a/1", "").Text("z/1", "");
        using var reader = tree.Open(format);
        string[] pictures = [.. reader.Pictures().Select(picture => picture.Path)];
        string[] files = [.. reader.Files().Select(file => file.Path)];
        Assert.Equal(tree.Files.Where(path => !path.StartsWith('.')), pictures.Concat(files).Order(StringComparer.Ordinal));
        Assert.Equal(pictures.Order(StringComparer.Ordinal), pictures);
        Assert.Equal(files.Order(StringComparer.Ordinal), files);
        Assert.Equal(pictures, reader.Pictures().Select(picture => picture.Path));
        Assert.Contains("elsewhere/portrait.png", pictures);
        Assert.All(pictures, path => Assert.Equal(path, reader.Find(path)!.Path));
        Assert.All((string[])[files[0], "nowhere.png", "../" + pictures[0], "/" + pictures[0]], path => Assert.Null(reader.Find(path)));
    }

    [Fact]
    public void Categories_count_as_people_when_the_user_says_so()
    {
        using var tree = new Tree().Picture("images/train/a.png").Text("labels/train/a.txt", "0 .5 .5 .5 .5").Text("data.yaml", "names: [Street_Vendor]\n");
        using (var reader = tree.Open("yolo"))
        {
            Assert.False(reader.Categories[0].IsPeople);
        }

        using var told = tree.Open("yolo", "street vendor");
        Assert.True(told.Categories[0].IsPeople);
    }

    [Theory]
    [InlineData("notes.md", DatasetFileRole.Text)]
    [InlineData("LICENSE", DatasetFileRole.Text)]
    [InlineData("train/cat/1.json", DatasetFileRole.Unrecognised)]
    [InlineData("fer2013.csv", DatasetFileRole.Unrecognised)]
    [InlineData("train/cat/IMG_0001", DatasetFileRole.Unrecognised)]
    [InlineData("train.cache", DatasetFileRole.Unrecognised)]
    [InlineData("clip.mp4", DatasetFileRole.Unrecognised)]
    public void What_may_hold_pictures_is_no_text(string path, DatasetFileRole role)
    {
        using var tree = new Tree().Picture("train/cat/1.png").Text(path, "x");
        using var reader = tree.Open("image-folders");
        Assert.Equal(role, Assert.Single(reader.Files()).Role);
    }

    [Fact]
    public void Linked_folders_are_followed_and_circles_told()
    {
        using var elsewhere = new Tree().Picture("cat/1.png");
        using var tree = new Tree().Picture("train/dog/2.png");
        Directory.CreateSymbolicLink(Path.Combine(tree.Root, "train", "cat"), Path.Combine(elsewhere.Root, "cat"));
        using (var reader = tree.Open("image-folders"))
        {
            Assert.Equal(["train/cat/1.png", "train/dog/2.png"], reader.Pictures().Select(picture => picture.Path));
        }

        Directory.CreateSymbolicLink(Path.Combine(tree.Root, "train", "round"), tree.Root);
        Assert.Equal(DatasetProblemKind.UnsafeName, Assert.Single(tree.ReadAll("image-folders")).Kind);
    }

    private static DatasetPicture Only(IDatasetReader reader, string name) => reader.Pictures().Single(picture => picture.Path.EndsWith("/" + name, StringComparison.Ordinal));
}
