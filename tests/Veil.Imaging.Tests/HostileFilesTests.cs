using Veil.Errors;

namespace Veil.Imaging.Tests;

public sealed class HostileFilesTests
{
    [DataFact("hostile")]
    public async Task Every_hostile_file_is_decoded_or_refused_without_crash_hang_or_leak()
    {
        foreach (var path in Directory.EnumerateFiles(SharedData.Path("hostile"), "*", SearchOption.AllDirectories))
        {
            var attempt = Task.Run(() => Try(path));
            Assert.True(await Task.WhenAny(attempt, Task.Delay(Eventually.Patience)) == attempt, path + " takes minutes");
            await attempt;
        }

        Leaks.AssertNone();
    }

    [Fact]
    public void Random_damage_is_an_error_or_a_picture_and_nothing_else()
    {
        var random = new Random(11);
        foreach (var format in Enum.GetValues<PictureFormat>().Where(format => format != PictureFormat.Heif))
        {
            var file = Pictures.Encode(format, 40, 30, PixelFormat.Rgb24);
            for (var run = 0; run < 60; run++)
            {
                var damaged = file.ToArray();
                for (var hit = random.Next(1, 12); hit > 0; hit--)
                {
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                }

                Try(damaged);
            }
        }
    }

    private static void Try(string path)
    {
        try
        {
            using var picture = PictureFile.Open(path, new PictureLimits { MaxPixels = 50_000_000 });
            picture.Encode();
        }
        catch (VeilException exception)
        {
            Assert.NotEmpty(exception.Message);
        }
    }

    private static void Try(byte[] file)
    {
        try
        {
            Picture.Decode(file, new PictureLimits { MaxPixels = 50_000_000 }).Dispose();
        }
        catch (VeilException exception)
        {
            Assert.NotEmpty(exception.Message);
        }
    }
}
