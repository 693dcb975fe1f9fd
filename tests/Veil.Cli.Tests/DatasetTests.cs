using System.Text.Json;

namespace Veil.Tests;

public sealed class DatasetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [DataFact("coco-mini")]
    public void A_good_dataset_is_counted()
    {
        var text = VeilProcess.Run("dataset", "check", "auto", SharedData.Path("coco-mini")).Exits(0).Text;
        Assert.Contains("val2017", text, StringComparison.Ordinal);
        Assert.Contains("coco: 0 errors, 0 notes", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_is_told_by_file_and_line()
    {
        People.CopyTo(_folder, "images/train/a.jpg");
        _folder.Write("labels/train/a.txt", "0 0.5 0.5 0.5 0.5\n3 0.5 0.5 0.5 0.5\n"u8);
        _folder.Write("labels/train/gone.txt", ""u8);
        _folder.Write("data.yaml", "names: [person]\ntrain: images/train\n"u8);

        var text = VeilProcess.Run("dataset", "check", "yolo", _folder.FullPath).Exits(1).Text;
        Assert.Contains("labels/train/a.txt:2: error: Expected a class number", text, StringComparison.Ordinal);
        Assert.Contains("labels/train/gone.txt: error: The picture 'images/train/gone.jpg' is not there.", text, StringComparison.Ordinal);

        using var json = JsonDocument.Parse(VeilProcess.Run("dataset", "check", "auto", _folder.FullPath, "--json").Exits(1).Output);
        Assert.Equal("yolo", json.RootElement.GetProperty("datasetFormat").GetString());
        Assert.Equal(2, json.RootElement.GetProperty("errors").GetInt32());
        Assert.Equal(
            [("unknown-category", 2), ("missing-file", 0)],
            json.RootElement.GetProperty("problems").EnumerateArray().Select(problem => (problem.GetProperty("kind").GetString(), problem.GetProperty("line").GetInt32())));
        Assert.Equal("person", json.RootElement.GetProperty("categories")[0].GetProperty("shows").GetString());
    }

    [Fact]
    public void Annotations_are_converted_and_originals_only_when_asked()
    {
        People.CopyTo(_folder, "in/images/train/a.jpg");
        _folder.Write("in/labels/train/a.txt", "0 0.5 0.5 0.5 0.5\n"u8);
        _folder.Write("in/data.yaml", "names: [person]\ntrain: images/train\n"u8);

        var text = VeilProcess.Run("dataset", "convert", "yolo", _folder["in"], "coco", _folder["out"]).Exits(0).Text;
        Assert.Contains("1 object in 1 picture written as coco", text, StringComparison.Ordinal);
        Assert.Contains("Pictures were not copied", text, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["out/train/a.jpg"]));
        Assert.True(File.Exists(_folder["out/annotations/instances_train.json"]));

        Assert.Contains("is there already", VeilProcess.Run("dataset", "convert", "yolo", _folder["in"], "coco", _folder["out"]).Exits(2).Errors, StringComparison.Ordinal);
        Assert.Contains("ORIGINALS", VeilProcess.Run("dataset", "convert", "yolo", _folder["in"], "voc", _folder["voc"], "--pictures", "copy").Exits(0).Text, StringComparison.Ordinal);
        VeilProcess.Run("dataset", "check", "auto", _folder["voc"]).Exits(0);
    }

    [Fact]
    public void Unknown_formats_and_folders_are_usage_errors()
    {
        Assert.Contains("cityscapes", VeilProcess.Run("dataset", "check", "kitti", _folder.FullPath).Exits(2).Errors, StringComparison.Ordinal);
        VeilProcess.Run("dataset", "check", "coco", _folder["nowhere"]).Exits(2);
        VeilProcess.Run("dataset", "check", "auto", _folder.FullPath).Exits(2);
    }
}
