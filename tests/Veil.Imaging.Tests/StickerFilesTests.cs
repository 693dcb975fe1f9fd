using Veil.Errors;

namespace Veil.Imaging.Tests;

public sealed class StickerFilesTests
{
    [Fact]
    public void Every_named_emoji_is_drawn_on_clear_ground()
    {
        foreach (var name in StickerFiles.Names)
        {
            using var sticker = StickerFiles.Load(name, 96);
            Assert.Equal((96, 96, PixelFormat.Rgba32), (sticker.Width, sticker.Height, sticker.Format));
            Assert.InRange(sticker.Row(0)[3], 0, 64);
            Assert.Equal(255, sticker.Row(60)[(48 * 4) + 3]);
        }
    }

    [Fact]
    public void A_picture_file_becomes_rgba()
    {
        var path = Path.Combine(Path.GetTempPath(), $"veil-sticker-{Guid.NewGuid():N}.png");
        try
        {
            File.WriteAllBytes(path, Pictures.Encode(PictureFormat.Png, 31, 17, PixelFormat.Gray16));
            using var sticker = StickerFiles.Load(path);
            Assert.Equal((31, 17, PixelFormat.Rgba32), (sticker.Width, sticker.Height, sticker.Format));
            Assert.Equal(255, sticker.Row(0)[3]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void An_unknown_name_lists_the_known_ones()
    {
        var error = Assert.Throws<VeilException>(() => StickerFiles.Load("no-such-emoji"));
        Assert.Equal(VeilErrorCode.InvalidOption, error.Code);
        Assert.Contains("panda", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vector_file_of_the_user_is_refused()
    {
        var path = Path.Combine(Path.GetTempPath(), $"veil-sticker-{Guid.NewGuid():N}.svg");
        try
        {
            File.WriteAllText(path, "<svg xmlns='http://www.w3.org/2000/svg' width='4' height='4'/>");
            Assert.Equal(VeilErrorCode.NotAPicture, Assert.Throws<VeilException>(() => StickerFiles.Load(path)).Code);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
