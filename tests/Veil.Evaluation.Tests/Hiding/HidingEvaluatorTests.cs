using Veil.Errors;
using Veil.Evaluation.Hiding;
using Veil.Regions;

namespace Veil.Evaluation.Tests.Hiding;

public class HidingEvaluatorTests
{
    private static readonly RegionPolicy Exact = new() { Shape = RegionShape.Box, Growth = 0, SoftEdge = 0 };

    [Fact]
    public void Counts_what_is_covered_found_and_wrong_by_size()
    {
        var evaluator = new HidingEvaluator(Exact);
        evaluator.Add(
            [new Box(0, 0, 40, 10), new Box(0, 20, 40, 40), new Box(0, 50, 40, 90)],
            [At(new Box(0, 0, 40, 10)), At(new Box(0, 20, 19, 40)), At(new Box(19, 20, 38, 40)), At(new Box(0, 50, 30, 90)), At(new Box(80, 80, 90, 90))], 100, 100);
        var accuracy = evaluator.Evaluate();
        Assert.Equal(
            [new("all", 3, 2.0 / 3, 2.0 / 3), new("0-16", 1, 1, 1), new("16-24", 1, 0, 1), new("32-64", 1, 1, 0)], accuracy.Sizes);
        Assert.Equal((1.0, (400 + (38 * 20) + 1200 + 100) / 10000.0), (accuracy.WrongPerPicture, accuracy.CoveredShare));
    }

    [Fact]
    public void Annotations_name_their_picture_by_either_name_and_count_from_one_or_as_edges()
    {
        using var folder = new TemporaryFolder();
        folder.Write("annotations/a.xml", """<annotation><filename>elsewhere.jpg</filename><object><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>10</xmax><ymax>5</ymax></bndbox></object></annotation>"""u8);
        folder.Write("annotations/b.xml", """<annotation><filename>other.png</filename><object><bndbox><xmin>1.5</xmin><ymin>1</ymin><xmax>10</xmax><ymax>5</ymax></bndbox></object></annotation>"""u8);
        folder.Write("images/a.jpg", [1]);
        folder.Write("images/other.png", [1]);
        var pictures = VocMarks.Read(folder[""]);
        Assert.Equal([folder["images/a.jpg"], folder["images/other.png"]], pictures.Select(picture => picture.File));
        Assert.Equal([new Box(0, 0, 10, 5), new Box(1.5f, 1, 10, 5)], pictures.Select(picture => picture.Boxes[0]));
    }

    [Theory]
    [InlineData("<annotation>")]
    [InlineData("<annotation><filename>a.jpg</filename><object><bndbox><xmin>1</xmin></bndbox></object></annotation>")]
    [InlineData("<annotation><filename>a.jpg</filename><object><bndbox><xmin>9</xmin><ymin>1</ymin><xmax>3</xmax><ymax>5</ymax></bndbox></object></annotation>")]
    [InlineData("<annotation><filename>missing.jpg</filename></annotation>")]
    public void Broken_annotations_are_said_by_file(string text)
    {
        using var folder = new TemporaryFolder();
        folder.Write("bad.xml", System.Text.Encoding.UTF8.GetBytes(text));
        folder.Write("a.jpg", [1]);
        var error = Assert.Throws<VeilException>(() => VocMarks.Read(folder[""]));
        Assert.Equal(VeilErrorCode.InvalidGroundTruth, error.Code);
        Assert.Contains("bad.xml", error.Message, StringComparison.Ordinal);
    }

    private static Region At(Box box) => new(box, RegionKind.Plate, 1, new RegionOrigin(RegionSource.Detector));
}
