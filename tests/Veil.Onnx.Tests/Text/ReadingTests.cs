using System.Text;
using Veil.Errors;
using Veil.Imaging;
using Veil.Onnx.Models;
using Veil.Onnx.Text;
using Veil.Regions;

namespace Veil.Onnx.Tests.Text;

public class ReadingTests
{
    private static readonly CharacterSet Letters = CharacterSet.Parse("test", "PostProcess:\n  character_dict:\n  - a\n  - ''''\n  - '1'\nOther: b\n"u8);

    [Fact]
    public void Characters_come_from_the_list_between_none_and_a_space()
    {
        Assert.Equal(5, Letters.Classes);
        Assert.Equal(["", "a", "'", "1", " "], Enumerable.Range(0, 5).Select(index => Letters[index]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("characters:\n  - a")]
    public void A_file_without_a_list_is_refused(string file) =>
        Assert.Equal(VeilErrorCode.InvalidModel, Assert.Throws<VeilException>(() => CharacterSet.Parse("test", Encoding.UTF8.GetBytes(file))).Code);

    [Fact]
    public void Repeats_and_none_are_left_out_and_the_certainty_is_the_mean_of_what_stays()
    {
        float[] columns = [.. Column(1, 0.9f), .. Column(1, 0.8f), .. Column(0, 1), .. Column(1, 0.7f), .. Column(4, 0.5f), .. Column(3, 0.3f)];
        var reading = CtcDecoder.Decode(columns, Letters);
        Assert.Equal("aa 1", reading.Text);
        Assert.Equal((0.9f + 0.7f + 0.5f + 0.3f) / 4, reading.Certainty, 1e-5);
        Assert.Equal(("", 0f), (CtcDecoder.Decode(Column(0, 1), Letters).Text, CtcDecoder.Decode([], Letters).Certainty));

        static float[] Column(int best, float value)
        {
            var column = new float[5];
            column[best] = value;
            return column;
        }
    }

    [Theory]
    [InlineData(0, 0, 1, 1)]
    [InlineData(2, 2, 2, 2)]
    [InlineData(-500, -500, 900, 900)]
    [InlineData(3, 0, 4, 5)]
    [InlineData(0, 3, 5, 3.5f)]
    public void Boxes_of_any_size_are_read_without_failing(float left, float top, float right, float bottom)
    {
        using var picture = new PixelBuffer(7, 5, PixelFormat.Rgb24);
        picture.Span.Clear();
        using var reader = WritingReader.Describe(new ModelStore([Path.Combine(AppContext.BaseDirectory, "models")], "unused")).Create();
        var reading = reader.Read(picture, new Region(new Box(left, top, right, bottom), RegionKind.Text, 1, new RegionOrigin(RegionSource.Hand)));
        Assert.InRange(reading.Certainty, 0, 1);
    }
}
