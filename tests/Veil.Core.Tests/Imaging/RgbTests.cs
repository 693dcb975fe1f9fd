using Veil.Imaging;

namespace Veil.Core.Tests.Imaging;

public sealed class RgbTests
{
    [Theory]
    [InlineData("#80a0c0", 0x80, 0xA0, 0xC0)]
    [InlineData("#FFcc4d", 0xFF, 0xCC, 0x4D)]
    [InlineData(" Black ", 0, 0, 0)]
    [InlineData("grey", 128, 128, 128)]
    public void Hexadecimal_and_common_names_are_read(string text, byte r, byte g, byte b) =>
        Assert.Equal(new Rgb(r, g, b), Rgb.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("#12345")]
    [InlineData("#1234567")]
    [InlineData("#12 456")]
    [InlineData("123456")]
    [InlineData("blak")]
    public void Anything_else_is_an_error_that_shows_what_is_expected(string text)
    {
        Assert.False(Rgb.TryParse(text, null, out _));
        var error = Assert.Throws<FormatException>(() => Rgb.Parse(text));
        Assert.Contains("#80a0c0", error.Message, StringComparison.Ordinal);
        Assert.Contains("black", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_of_a_colour_reads_back() => Assert.Equal(new Rgb(1, 2, 254), Rgb.Parse(new Rgb(1, 2, 254).ToString()));
}
