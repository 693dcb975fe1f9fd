namespace Veil.Tests;

public sealed class EvaluatePeopleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("detection", "-o DIR", "--methods", "solid")]
    [InlineData("pose", "no method was named", "--anonymize", "faces")]
    [InlineData("segmentation", "no method was named", "--regions", "detect")]
    [InlineData("detection", "'nobody'", "--methods", "nobody", "-o", "out")]
    [InlineData("detection", "--images", "--methods", "solid", "--images", ".", "-o", "out", "--find", "bodies")]
    [InlineData("detection", "bodies", "--methods", "solid", "--find", "plates", "-o", "out")]
    [InlineData("pose", "cars", "--methods", "solid", "--anonymize", "cars", "-o", "out")]
    [InlineData("pose", "made for faces", "--methods", "eyes", "--anonymize", "bodies", "-o", "out")]
    public void What_cannot_be_compared_is_refused_by_name(string command, string words, params string[] options)
    {
        var truth = Write(keypoints: true);
        var run = VeilProcess.Run(["evaluate", command, "--ground-truth", truth, .. options.Select(option => option == "out" ? _folder["out"] : option)]);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(words, run.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder["out"], "report.html")));
    }

    [Fact]
    public void Annotations_without_their_pictures_are_an_error()
    {
        var run = VeilProcess.Run("evaluate", "pose", "--ground-truth", Write(keypoints: true));
        Assert.Equal(1, Math.Sign(run.ExitCode));
        Assert.Contains("None of 1 annotated pictures can be used", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_does_not_lie_where_annotations_are_is_an_error() =>
        Assert.Contains("no-such", VeilProcess.Run("evaluate", "segmentation", "--ground-truth", _folder["annotations/no-such.json"]).Errors, StringComparison.Ordinal);

    [DataFact("coco-mini")]
    public void Methods_are_measured_on_the_pictures_that_can_be_read_and_the_second_start_measures_nothing()
    {
        var picture = SharedData.Path("coco-mini", "val2017", "000000000139.jpg");
        Directory.CreateDirectory(_folder["val"]);
        File.Copy(picture, _folder["val/a.jpg"]);
        var truth = Write(keypoints: false);
        var run = Compare(truth);
        Assert.Equal((0, ""), (run.ExitCode, run.ExitCode == 0 ? "" : run.Errors));
        Assert.Contains("solid", run.Text, StringComparison.Ordinal);
        Assert.All(["report.html", "report.xlsx", "report.json", "average-precision.csv", "coco.csv"], name => Assert.True(File.Exists(_folder["out/" + name]), name));
        var journal = File.ReadAllBytes(_folder["out/.veil-measured.jsonl"]);
        Assert.Equal(run.Text, Compare(truth).Text);
        Assert.Equal(journal, File.ReadAllBytes(_folder["out/.veil-measured.jsonl"]));
    }

    [DataFact("coco-mini")]
    public void A_picture_of_another_size_than_annotated_is_left_out_and_named()
    {
        Directory.CreateDirectory(_folder["val"]);
        File.Copy(SharedData.Path("coco-mini", "val2017", "000000000139.jpg"), _folder["val/a.jpg"]);
        File.WriteAllText(Write(keypoints: true), File.ReadAllText(Write(keypoints: true)).Replace("\"height\":426", "\"height\":427", StringComparison.Ordinal));
        foreach (var command in new[] { "pose", "segmentation" })
        {
            var run = VeilProcess.Run("evaluate", command, "--ground-truth", _folder["annotations/instances_val.json"]);
            Assert.NotEqual(0, run.ExitCode);
            Assert.Contains("640×427", run.Errors, StringComparison.Ordinal);
        }
    }

    private VeilProcess Compare(string truth) => VeilProcess.Run("evaluate", "detection", "--find", "bodies", "--ground-truth", truth, "--methods", "solid", "--anonymize", "bodies", "-o", _folder["out"]);

    private string Write(bool keypoints)
    {
        var points = keypoints ? ""","num_keypoints":1,"keypoints":[""" + string.Join(',', Enumerable.Repeat("420,200,2", 17)) + "]" : "";
        return _folder.Write("annotations/instances_val.json", System.Text.Encoding.UTF8.GetBytes($$"""
            {"images":[{"id":1,"file_name":"a.jpg","width":640,"height":426}],"categories":[{"id":1,"name":"person"}],
             "annotations":[{"id":1,"image_id":1,"category_id":1,"bbox":[412.8,157.61,53.05,138.01],"area":2913,"iscrowd":0,"segmentation":[[412,157,465,157,465,295,412,295]]{{points}}}]}
            """));
    }
}
