using Veil.Imaging;
using Veil.Regions;
using Veil.Studio.Projects;

namespace Veil.Studio.Browser.Tests.Review;

/// <summary>People who do not exist, where test data is there; drawn ovals elsewhere.</summary>
internal static class People
{
    private const int Side = 512;
    private const string Folder = "synthetic-portraits";
    private static readonly Box Face = new(150, 150, 360, 420);

    /// <summary>Six people in one picture; in one of them the detector is not sure, one stays clear.</summary>
    public static Task<string> AddGroupAsync(ReviewedProject project)
    {
        ReviewedRegion[] Regions(int side, Box face) =>
        [
            .. Enumerable.Range(0, 6).Select(person => ReviewedProject.Face(person + 1, face.Offset(person % 3 * side, person / 3 * side), person == 4 ? 0.48f : 0.9f + (person / 100f)) with
            {
                Cover = person == 2 ? CoverChoice.ClearByPerson : CoverChoice.Covered,
            }),
        ];
        var drawn = Regions(250, new Box(80, 70, 170, 200));
        return SharedData.Has(Folder)
            ? project.AddAsync("Summer/at the lake.png", Group(), 3 * Side, 2 * Side, Regions(Side, Face))
            : project.AddAsync("Summer/at the lake.png", drawn);
    }

    /// <summary>A picture of one person.</summary>
    public static Task<string> AddPortraitAsync(ReviewedProject project, int person, string name, params ReviewedRegion[] more)
    {
        var region = ReviewedProject.Face(1, Face);
        return SharedData.Has(Folder)
            ? project.AddAsync(name, File.ReadAllBytes(FileOf(person)), Side, Side, [region, .. more])
            : project.AddAsync(name, [region, .. more]);
    }

    private static byte[] Group()
    {
        var pixels = new PixelBuffer(3 * Side, 2 * Side, PixelFormat.Rgb24);
        for (var person = 0; person < 6; person++)
        {
            using var portrait = Picture.Decode(File.ReadAllBytes(FileOf(person * 7)));
            var frame = portrait.Frames[0];
            for (var y = 0; y < Side; y++)
            {
                frame.Row(y)[..(3 * Side)].CopyTo(pixels.Row((person / 3 * Side) + y)[(person % 3 * Side * 3)..]);
            }
        }

        using var picture = Picture.FromPixels(pixels, PictureFormat.Png);
        return picture.Encode(new EncodeOptions());
    }

    private static string FileOf(int person) => SharedData.Path(Folder, $"portrait-{person:000}.jpg");
}
