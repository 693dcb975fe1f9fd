using Veil.Regions;
using Veil.Studio.Projects;
using Veil.Studio.Projects.People;

namespace Veil.Studio.Tests.Projects.People;

/// <summary>A film in which somebody stays clear is gone through once, and again without looking for anybody; each says what finding and choosing at once says.</summary>
public sealed class FilmedPeopleTests(Workshop workshop) : IClassFixture<Workshop>
{
    [DataFact("lfw-aligned")]
    public async Task Whoever_stays_clear_does_so_in_the_same_frames_however_it_is_found_out()
    {
        Film();
        var project = await workshop.Projects.CreateAsync("filmed", [workshop.Folder["filmed"]], default);
        project = await workshop.FindAsync(project.Id);
        var film = project.Items.Single(item => item.Kind == ItemKind.Film);
        var nobody = (await workshop.Views.RegionsAsync(project.Id, film.Id, default))!;
        Assert.All(Covers(nobody), cover => Assert.Equal(CoverChoice.Covered, cover));

        project = workshop.Projects.Change(project.Id, one => one with { Kept = [(workshop.Of<PeopleGroups>().GroupsAsync(one.Id, default).GetAwaiter().GetResult()).People[0].Person] });
        var expected = await ExpectedAsync(project, film);
        Assert.Contains(Covers(expected), cover => cover == CoverChoice.ClearByPerson);
        Assert.Contains(Covers(expected), cover => cover == CoverChoice.Covered);

        // What was found is known: only who stays clear is.
        project = await workshop.FindAsync(project.Id);
        AssertSame(expected, (await workshop.Views.RegionsAsync(project.Id, film.Id, default))!);

        // Found and chosen in one go.
        workshop.Projects.ChangeItem(project.Id, film.Id, item => item with { FoundBy = "other settings" });
        await workshop.FindAsync(project.Id);
        AssertSame(expected, (await workshop.Views.RegionsAsync(project.Id, film.Id, default))!);

        workshop.Projects.Change(project.Id, one => one with { Kept = [] });
        await workshop.FindAsync(project.Id);
        AssertSame(nobody, (await workshop.Views.RegionsAsync(project.Id, film.Id, default))!);
    }

    private static IEnumerable<CoverChoice> Covers(ReviewedItem item) => item.Frames.SelectMany(frame => frame.Regions).Select(region => region.Cover);

    private static void AssertSame(ReviewedItem expected, ReviewedItem actual)
    {
        Assert.Equal(expected.Frames.Count, actual.Frames.Count);
        foreach (var (one, other) in expected.Frames.Zip(actual.Frames))
        {
            Assert.Equal(one.Regions.Select(Told), other.Regions.Select(Told));
        }

        static (int, RegionKind, Box, int?, CoverChoice) Told(ReviewedRegion region) => (region.Id, region.Region.Kind, region.Region.Box, region.Region.Track, region.Cover);
    }

    /// <summary>As the engine finds and chooses at once.</summary>
    private async Task<ReviewedItem> ExpectedAsync(Project project, ProjectItem film)
    {
        var kept = await KeptPeople.ReadAsync(project, workshop.Of<FaceMemory>(), default);
        using var all = Anonymizer.Create(project.Settings);
        using var choosing = Anonymizer.Create(project.Settings with { People = kept!.Selection });
        var found = all.Find(film.Path).EnsureDone();
        return KeptPeople.Take(FoundRegions.Of(found.Info!, found.Frames), choosing.Find(film.Path).EnsureDone().Frames);
    }

    /// <summary>Somebody beside a stranger, and pictures of that somebody. The stranger takes their place at the end.</summary>
    private void Film()
    {
        var folders = Directory.EnumerateDirectories(SharedData.Path("lfw-aligned")).Order(StringComparer.Ordinal).Select(folder => Directory.GetFiles(folder, "*.jpg").Order(StringComparer.Ordinal).ToArray()).ToList();
        var (friend, stranger) = (folders.First(files => files.Length >= 6), folders.First(files => files.Length == 1)[0]);
        foreach (var (file, index) in friend.Take(5).Select((file, index) => (file, index)))
        {
            workshop.Folder.Write($"filmed/friend-{index}.jpg", File.ReadAllBytes(file));
        }

        const string Face = "scale=224:224,pad=320:320:(ow-iw)/2:(oh-ih)/2:gray";
        Clip.Make(
            workshop.Folder["filmed/film.mp4"],
            $"-loop 1 -r 25 -t 1.6 -i \"{friend[0]}\" -loop 1 -r 25 -t 1.6 -i \"{stranger}\" -filter_complex "
            + $"\"[0]{Face},split[a][b];[1]{Face},split[c][d];[a][c]hstack[one];[d][b]hstack[other];[one][other]concat=n=2[out]\" -map [out] -pix_fmt yuv420p");
    }
}
