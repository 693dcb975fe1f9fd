using Veil.Studio.Projects;
using Veil.Studio.Projects.People;

namespace Veil.Studio.Tests.Projects.People;

public sealed class KeptPeopleTests(Workshop workshop) : IClassFixture<Workshop>
{
    [DataFact("lfw-aligned")]
    public async Task Who_is_kept_stays_clear_in_every_picture_and_nobody_else_does()
    {
        var (friend, strangers) = People();
        var project = await workshop.Projects.CreateAsync("people", [workshop.Folder["people"]], default);
        project = await workshop.FindAsync(project.Id);
        var view = await workshop.Of<PeopleGroups>().GroupsAsync(project.Id, default);
        var group = view.People[0];
        Assert.True(group.Count >= 3, $"{group.Count} of {friend}");
        Assert.NotEmpty(group.Portraits);
        Assert.False(group.IsKept);
        var before = project.Items.ToDictionary(item => item.Id, item => item.Stamp);

        workshop.Projects.Change(project.Id, one => one with { Kept = [group.Person] });
        project = await workshop.FindAsync(project.Id);

        var clear = await ClearAsync(project);
        Assert.True(clear.Count(name => name.StartsWith("friend", StringComparison.Ordinal)) >= 3, string.Join(' ', clear));
        Assert.DoesNotContain(clear, name => name.StartsWith("stranger", StringComparison.Ordinal));
        Assert.True((await workshop.Of<PeopleGroups>().GroupsAsync(project.Id, default)).People[0].IsKept);
        Assert.True(strangers > 0);

        // Embeddings are in memory alone; after a restart they are read again, and nobody is lost.
        await workshop.RestartAsync();
        Assert.Equal(group.Count, (await workshop.Of<PeopleGroups>().GroupsAsync(project.Id, default)).People[0].Count);
        Assert.Equal(before, workshop.Projects.Find(project.Id)!.Items.ToDictionary(item => item.Id, item => item.Stamp));

        workshop.Projects.Change(project.Id, one => one with { Kept = [] });
        Assert.Empty(await ClearAsync(await workshop.FindAsync(project.Id)));
    }

    private (string Friend, int Strangers) People()
    {
        var folders = Directory.EnumerateDirectories(SharedData.Path("lfw-aligned")).Select(folder => (Folder: folder, Files: Directory.GetFiles(folder, "*.jpg").Order(StringComparer.Ordinal).ToArray())).ToList();
        var friend = folders.Where(one => one.Files.Length >= 6).OrderBy(one => one.Folder, StringComparer.Ordinal).First();
        foreach (var (file, index) in friend.Files.Take(6).Select((file, index) => (file, index)))
        {
            workshop.Folder.Write($"people/friend-{index}.jpg", File.ReadAllBytes(file));
        }

        var strangers = folders.Where(one => one.Files.Length == 1).OrderBy(one => one.Folder, StringComparer.Ordinal).Take(4).ToList();
        foreach (var (stranger, index) in strangers.Select((stranger, index) => (stranger, index)))
        {
            workshop.Folder.Write($"people/stranger-{index}.jpg", File.ReadAllBytes(stranger.Files[0]));
        }

        return (Path.GetFileName(friend.Folder), strangers.Count);
    }

    private async Task<List<string>> ClearAsync(Project project)
    {
        var clear = new List<string>();
        foreach (var item in project.Items)
        {
            var regions = await workshop.Views.RegionsAsync(project.Id, item.Id, default);
            if (regions!.Frames.Any(frame => frame.Regions.Any(region => region.Cover == CoverChoice.ClearByPerson)))
            {
                clear.Add(item.Name);
            }
        }

        return clear;
    }
}
