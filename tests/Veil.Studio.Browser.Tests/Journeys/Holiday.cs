using System.Diagnostics;
using System.Globalization;

namespace Veil.Studio.Browser.Tests.Journeys;

/// <summary>Photos and a clip of a holiday with people who do not exist: generated portraits beside each other, one of them "you".</summary>
internal static class Holiday
{
    /// <summary>The portrait that stands for the user.</summary>
    public const int You = 7;

    private const int Side = 420;

    private static readonly (string Name, (int Portrait, string Look)[] People)[] Photos =
    [
        ("01-lake.jpg", [(You, "null"), (3, "null"), (5, "null")]),
        ("02-lake.jpg", [(16, "null"), (You, "eq=brightness=0.06"), (19, "null")]),
        ("03-hut.jpg", [(You, "eq=saturation=0.8:brightness=-0.04"), (12, "null")]),
        ("04-evening.jpg", [(17, "eq=brightness=-0.06"), (9, "null"), (15, "null")]),
        ("05-summit.jpg", [(You, "hflip"), (21, "null"), (8, "null")]),
        ("06-market.jpg", [(1, "null"), (You, "eq=contrast=1.1"), (22, "null")]),
    ];

    private static readonly int[] InTheClip = [4, You, 18, 11];

    /// <summary>Makes them.</summary>
    /// <param name="folder">A folder that is there.</param>
    /// <returns>The files, photos first.</returns>
    public static IReadOnlyList<string> Make(string folder)
    {
        foreach (var (name, people) in Photos)
        {
            Beside(people, Path.Combine(folder, name));
        }

        var wide = Path.Combine(folder, "wide.png");
        Beside([.. InTheClip.Select(portrait => (portrait, "null"))], wide);
        var clip = Path.Combine(folder, "07-walk.mp4");
        Ffmpeg("-loop", "1", "-framerate", "24", "-i", wide, "-vf", FormattableString.Invariant($"crop={2 * Side}:{Side}:x='n*12':y=0,format=yuv420p"), "-frames:v", "70", "-c:v", "libx264", clip);
        File.Delete(wide);
        return [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)];
    }

    private static void Beside((int Portrait, string Look)[] people, string file)
    {
        var inputs = people.SelectMany(person => new[] { "-i", SharedData.Path("synthetic-portraits", string.Create(CultureInfo.InvariantCulture, $"portrait-{person.Portrait:000}.jpg")) });
        var scaled = string.Concat(people.Select((person, index) => FormattableString.Invariant($"[{index}]scale={Side}:{Side},setsar=1,{person.Look}[p{index}];")));
        var all = string.Concat(people.Select((_, index) => FormattableString.Invariant($"[p{index}]")));
        Ffmpeg([.. inputs, "-filter_complex", FormattableString.Invariant($"{scaled}{all}hstack=inputs={people.Length}"), "-frames:v", "1", "-q:v", "2", file]);
    }

    private static void Ffmpeg(params string[] arguments)
    {
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-y", .. arguments]))!;
        ffmpeg.WaitForExit();
        Assert.Equal(0, ffmpeg.ExitCode);
    }
}
