using System.Text;
using Veil.Errors;
using Veil.Studio.Hosting;
using Veil.Studio.Projects;

namespace Veil.Studio.Tests.Projects;

public sealed class ProjectStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<ProjectStore> _open = [];

    private StudioOptions Options => new() { DataFolder = _folder["data"] };

    public void Dispose()
    {
        _open.ForEach(store => store.Dispose());
        _folder.Dispose();
    }

    [Fact]
    public async Task A_folder_becomes_a_project_of_its_pictures_and_films_and_survives_a_restart()
    {
        Picture("in/b.png");
        Picture("in/deep/a.png");
        _folder.Write("in/notes.txt", "no picture"u8);
        _folder.Write("in/.hidden.png", "no picture"u8);
        var store = Open();

        var project = await store.CreateAsync("holiday", [_folder["in"]], default);
        store.Change(project.Id, before => before with { Stage = ProjectStage.Reviewing, Kept = [new KeptPerson([new KeptFace("000001", 0, 0.25, 0.5)])] });
        Restart();

        var again = Assert.Single(_open[^1].All);
        Assert.Equal(("holiday", ProjectStage.Reviewing), (again.Name, again.Stage));
        Assert.Equal(["b.png", "deep/a.png"], again.Items.Select(item => item.Name));
        Assert.All(again.Items, item => Assert.True(item is { State: ItemState.Waiting, Kind: ItemKind.Picture }));
        Assert.Equal(0.25, again.Kept[0].Faces[0].X);
    }

    [Fact]
    public async Task Files_of_several_folders_may_have_one_name()
    {
        var store = Open();
        var project = await store.CreateAsync("two", [Picture("a/1.png"), Picture("b/1.png"), Path.GetDirectoryName(Picture("c/1.png"))!], default);
        Assert.Equal(["1.png", "1 (2).png", "c/1.png"], project.Items.Select(item => item.Name));
    }

    [Fact]
    public async Task What_was_named_and_is_no_picture_has_failed_and_says_why()
    {
        var project = await Open().CreateAsync("mixed", [_folder.Write("letter.txt", "dear"u8), Picture("1.png")], default);
        var failed = project.Items[0];
        Assert.Equal(ItemState.Failed, failed.State);
        Assert.Contains("neither a picture nor a film", failed.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(ItemState.Waiting, project.Items[1].State);
    }

    [Fact]
    public async Task Nothing_to_work_on_is_said_at_once()
    {
        var store = Open();
        Directory.CreateDirectory(_folder["empty"]);
        var error = await Assert.ThrowsAsync<VeilException>(() => store.CreateAsync("nothing", [_folder["empty"]], default));
        Assert.Equal(VeilErrorCode.UnreadableInput, error.Code);
        Assert.Empty(store.All);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1,2]")]
    [InlineData("{\"format\":\"veil-project\",\"version\":99}")]
    [InlineData("{\"format\":\"veil-project\",\"version\":1,\"name\":7}")]
    public async Task A_damaged_project_is_shown_as_damaged_and_harms_no_other(string text)
    {
        var store = Open();
        var sound = await store.CreateAsync("sound", [Picture("in/1.png")], default);
        var damaged = await store.CreateAsync("damaged", [Picture("in/1.png")], default);
        File.WriteAllText(Path.Combine(_folder["data"], "projects", damaged.Id, "project.json"), text, Encoding.UTF8);
        Restart();

        Assert.Null(_open[^1].Find(sound.Id)!.Damage);
        Assert.NotNull(_open[^1].Find(damaged.Id)!.Damage);
        Assert.Throws<VeilException>(() => _open[^1].Change(damaged.Id, project => project with { Name = "new" }));
        await _open[^1].DeleteAsync(damaged.Id);
        Assert.False(Directory.Exists(Path.Combine(_folder["data"], "projects", damaged.Id)));
        Assert.True(File.Exists(_folder["in/1.png"]));
    }

    [Fact]
    public void A_second_studio_on_the_same_data_says_so()
    {
        Open();
        var error = Assert.Throws<VeilException>(() => Open());
        Assert.Contains("Another studio", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../etc/passwd.png", "etc/passwd.png")]
    [InlineData("/abs/olute.png", "abs/olute.png")]
    [InlineData("..\\..\\windows\\x.png", "windows/x.png")]
    [InlineData("C:\\x.png", "C_/x.png")]
    [InlineData("con.png", "_con.png")]
    [InlineData("a/./b/../c.png", "a/b/c.png")]
    [InlineData("dots.../name.png. ", "dots/name.png")]
    [InlineData("line\nbreak.png", "line_break.png")]
    [InlineData("..", "unnamed")]
    [InlineData("päivä/写真.png", "päivä/写真.png")]
    public async Task Names_of_uploads_never_lead_anywhere(string name, string expected)
    {
        var store = Open();
        var project = store.CreateEmpty("uploads");
        var before = _folder.Files().Count;
        using var content = File.OpenRead(Picture("x.png"));

        var item = await store.AddAsync(project.Id, name, content, default);

        Assert.Equal(expected, item.Name);
        Assert.StartsWith(store.FolderOf(project.Id, "uploads") + "/", item.Path, StringComparison.Ordinal);
        Assert.Equal(before + 2, _folder.Files().Count);
    }

    [Fact]
    public async Task Nothing_is_left_of_an_upload_that_breaks_off_or_is_no_picture()
    {
        var store = Open();
        var project = store.CreateEmpty("uploads");
        using var text = new MemoryStream("dear diary"u8.ToArray());
        await Assert.ThrowsAsync<VeilException>(() => store.AddAsync(project.Id, "a.png", text, default));
        using var broken = new BrokenStream();
        await Assert.ThrowsAsync<VeilException>(() => store.AddAsync(project.Id, "a.png", broken, default));
        Assert.Empty(Directory.EnumerateFiles(store.FolderOf(project.Id, "uploads")));
        Assert.Empty(store.Find(project.Id)!.Items);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Only_the_owner_may_look_into_folders_and_files()
    {
        var store = Open();
        var project = store.CreateEmpty("private");
        using (var content = File.OpenRead(Picture("x.png")))
        {
            await store.AddAsync(project.Id, "x.png", content, default);
        }

        const UnixFileMode others = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var everything = Directory.EnumerateFileSystemEntries(_folder["data"], "*", SearchOption.AllDirectories).Append(_folder["data"]).ToList();
        Assert.True(everything.Count > 4);
        Assert.All(everything, path => Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(path) & others));
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("a/b")]
    public void Parts_of_a_project_are_plain_names(string part)
    {
        var store = Open();
        var project = store.CreateEmpty("x");
        Assert.Throws<VeilException>(() => store.FolderOf(project.Id, part));
        Assert.Throws<VeilException>(() => store.FolderOf("../" + project.Id, "run"));
    }

    [Fact]
    public async Task Other_settings_make_exported_results_out_of_date()
    {
        var store = Open();
        var project = await store.CreateAsync("x", [Picture("in/1.png")], default);
        store.ChangeItem(project.Id, "000001", item => item with { State = ItemState.Exported });
        var same = store.Change(project.Id, before => before with { Settings = before.Settings with { Treatments = [.. before.Settings.Treatments] } });
        Assert.Equal((ItemState.Exported, 0), (same.Items[0].State, same.Items[0].Revision));
        var other = store.Change(project.Id, before => before with { Settings = before.Settings with { Seed = 7 } });
        Assert.Equal((ItemState.Ready, 1), (other.Items[0].State, other.Items[0].Revision));
    }

    [Fact]
    public async Task Many_changes_at_once_are_all_written()
    {
        for (var i = 0; i < 60; i++)
        {
            Picture($"in/{i}.png");
        }

        var store = Open();
        var project = await store.CreateAsync("many", [_folder["in"]], default);
        Parallel.ForEach(project.Items, item => store.ChangeItem(project.Id, item.Id, one => one with { Regions = 3 }));
        Restart();
        Assert.All(_open[^1].Find(project.Id)!.Items, item => Assert.Equal(3, item.Regions));
    }

    private ProjectStore Open()
    {
        var store = new ProjectStore(Options);
        _open.Add(store);
        return store;
    }

    private void Restart()
    {
        _open[^1].Dispose();
        Open();
    }

    private string Picture(string name)
    {
        var pixels = new Imaging.PixelBuffer(8, 8, Imaging.PixelFormat.Rgb24);
        using var picture = Imaging.Picture.FromPixels(pixels, Imaging.PictureFormat.Png);
        return _folder.Write(name, picture.Encode());
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => throw new IOException("the line is dead");
    }
}
