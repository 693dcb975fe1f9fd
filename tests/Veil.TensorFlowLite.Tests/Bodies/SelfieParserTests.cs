using Veil.Anonymization.Synthesis;
using Veil.Errors;
using Veil.Imaging;
using Veil.TensorFlowLite.Bodies;
using Veil.TensorFlowLite.Inference;

namespace Veil.TensorFlowLite.Tests.Bodies;

public sealed class SelfieParserTests
{
    private static readonly PersonParser Parse = SelfieParser.Loader(_ => Models.Selfie)();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 200)]
    [InlineData(301, 2)]
    public void Areas_of_any_size_are_told_pixel_by_pixel(int width, int height)
    {
        using var picture = new PixelBuffer(width, height, PixelFormat.Rgb24);
        new Random(3).NextBytes(picture.Span);
        var parts = Parse(picture, picture.Bounds);
        Assert.Equal((picture.Bounds, width * height, width * height), (parts.Area, parts.Parts.Length, parts.Certainty.Length));
        Assert.All(parts.Parts.ToArray(), part => Assert.True(Enum.IsDefined(part)));
        Assert.All(parts.Certainty.ToArray(), certainty => Assert.InRange(certainty, byte.MaxValue / 6, byte.MaxValue));
    }

    [Fact]
    public void Where_nobody_is_there_is_background()
    {
        using var picture = new PixelBuffer(128, 128, PixelFormat.Rgb24);
        picture.Span.Fill(120);
        Assert.All(Parse(picture, picture.Bounds).Parts.ToArray(), part => Assert.Equal(PersonPart.Background, part));
    }

    [Fact]
    public void Another_pixel_format_or_an_area_outside_is_a_mistake_and_another_network_is_refused()
    {
        using var grey = new PixelBuffer(9, 9, PixelFormat.Gray8);
        using var picture = new PixelBuffer(9, 9, PixelFormat.Rgb24);
        Assert.Throws<ArgumentException>(() => Parse(grey, grey.Bounds));
        Assert.Throws<ArgumentException>(() => Parse(picture, new PixelRect(0, 0, 10, 9)));
        Assert.Throws<ArgumentException>(() => Parse(picture, new PixelRect(4, 4, 4, 9)));
        using var other = new TfLiteModel(Models.Pose);
        var error = Assert.Throws<VeilException>(() => new SelfieParser(other));
        Assert.Equal(VeilErrorCode.InvalidModel, error.Code);
        Assert.Contains("6 classes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_parser_is_loaded_once_and_when_it_is_asked_for()
    {
        var reads = 0;
        var loader = SelfieParser.Loader(_ =>
        {
            reads++;
            return Models.Selfie;
        });
        Assert.Equal(0, reads);
        Assert.Same(loader(), loader());
        Assert.Equal(1, reads);
    }

    [DataFact("synthetic-portraits")]
    public void Portraits_have_a_face_in_the_middle_with_hair_above_and_clothes_or_a_neck_below()
    {
        var (faces, hairs) = (0, 0);
        foreach (var file in Directory.GetFiles(SharedData.Path("synthetic-portraits")).Order(StringComparer.Ordinal).Take(6))
        {
            using var picture = PictureFile.ReadRgb24(file);
            var parts = Parse(picture, picture.Bounds);
            faces += parts[picture.Width / 2, picture.Height * 6 / 10] == PersonPart.FaceSkin ? 1 : 0;
            hairs += parts.Parts.Span.Contains(PersonPart.Hair) && parts.Parts.Span.IndexOf(PersonPart.Hair) < parts.Parts.Span.IndexOf(PersonPart.FaceSkin) ? 1 : 0;
            Assert.Equal((PersonPart.Background, (byte)0), (parts[-1, 5], parts.CertaintyAt(5, picture.Height)));
        }

        Assert.Equal((6, 6), (faces, hairs));
    }

    [DataFact("synthetic-portraits")]
    public void Nothing_outside_the_area_is_read_and_threads_do_not_disturb_each_other()
    {
        using var picture = PictureFile.ReadRgb24(Directory.GetFiles(SharedData.Path("synthetic-portraits")).Order(StringComparer.Ordinal).First());
        var area = new PixelRect(90, 60, 420, 330);
        using var alone = new PixelBuffer(picture.Width, picture.Height, PixelFormat.Rgb24);
        picture.View(area).CopyTo(alone.View(area));
        var expected = Parse(picture, area);
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
        {
            var again = Parse(i % 2 == 0 ? picture : alone, area);
            Assert.True(again.Parts.Span.SequenceEqual(expected.Parts.Span) && again.Certainty.Span.SequenceEqual(expected.Certainty.Span));
        });
    }
}
