using Veil.Studio.Starting;

namespace Veil.Studio.Tests.Starting;

public sealed class LocalFolderTests
{
    [Fact]
    public void Pictures_and_films_are_counted_and_folders_listed_without_hidden_ones()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.jpg", [1]);
        folder.Write("b.PNG", [1]);
        folder.Write("c.mp4", [1]);
        folder.Write("d.txt", [1]);
        folder.Write("Trip/x.jpg", [1]);
        folder.Write("beach/y.jpg", [1]);
        folder.Write(".hidden/z.jpg", [1]);
        var read = LocalFolder.Read(folder.FullPath);
        Assert.Equal((2, 1, FolderAccess.Read), (read.Pictures, read.Films, read.Access));
        Assert.Equal(["beach", "Trip"], read.Folders.Select(LocalFolder.NameOf));
        Assert.Equal(Path.GetDirectoryName(folder.FullPath), read.Parent);
    }

    [Fact]
    public void A_folder_that_is_gone_is_said_to_be_refused() => Assert.Equal(FolderAccess.Refused, LocalFolder.Read("/no/such/folder").Access);

    [Fact]
    public void The_top_has_no_parent_and_a_name() => Assert.Equal((null, "/"), (LocalFolder.Read("/").Parent, LocalFolder.Read("/").Name));
}
