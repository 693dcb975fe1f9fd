using Veil.Errors;
using Veil.Studio.Jobs;

namespace Veil.Studio.Tests.Jobs;

[Collection(JobTests.Name)]
public sealed class JobFoldersTests(SharedPostgres postgres)
{
    private const UnixFileMode Folder700 = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode File600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public async Task Everything_is_readable_by_its_owner_alone()
    {
        await using var lab = new QueueLab(StoreKind.Files, postgres);
        var queue = await lab.OpenAsync();
        await QueueLab.SubmitAsync(queue);
        await using var draft = queue.Draft("key-2");
        await draft.AddAsync("b.mp4", new MemoryStream([1, 2]), 10, default);

        var entries = Directory.GetFileSystemEntries(lab.Root, "*", SearchOption.AllDirectories).Append(lab.Root).ToList();

        Assert.Contains(entries, path => path.EndsWith("0001.jpg", StringComparison.Ordinal));
        Assert.Contains(entries, path => path.EndsWith("0001.mp4", StringComparison.Ordinal));
        Assert.All(entries, path => Assert.Equal((path, Directory.Exists(path) ? Folder700 : File600), (path, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path))));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.GroupExecute)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_root_that_others_can_look_into_is_refused_with_what_to_do(UnixFileMode more)
    {
        using var folder = new TemporaryFolder();
        var root = Directory.CreateDirectory(folder["jobs"]).FullName;
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(root, Folder700 | more);
        var refused = Assert.Throws<VeilException>(() => new JobFolders(root));
        Assert.Equal(VeilErrorCode.UnsafeFolder, refused.Code);
        Assert.Contains($"chmod 700 '{root}'", refused.Hint, StringComparison.Ordinal);

        File.SetUnixFileMode(root, Folder700);
        File.SetUnixFileMode(Directory.CreateDirectory(Path.Combine(root, "jobs")).FullName, Folder700 | more);
        Assert.Equal(VeilErrorCode.UnsafeFolder, Assert.Throws<VeilException>(() => new JobFolders(root)).Code);
    }

    [Fact]
    public async Task Deleting_a_job_deletes_links_and_not_what_they_lead_to()
    {
        await using var lab = new QueueLab(StoreKind.Files, postgres);
        using var elsewhere = new TemporaryFolder();
        var kept = elsewhere.Write("kept/file", [1]);
        var queue = await lab.OpenAsync();
        var job = await QueueLab.SubmitAsync(queue);
        Directory.CreateSymbolicLink(Path.Combine(lab.Folders.Input(job.Id), "folder"), elsewhere.FullPath);
        File.CreateSymbolicLink(Path.Combine(lab.Folders.Input(job.Id), "file"), kept);
        Directory.CreateSymbolicLink(lab.Folders.Output(job.Id), elsewhere.FullPath);

        Assert.Equal(JobRemoval.Deleted, await queue.DeleteAsync(QueueLab.Owner, job.Id, default));

        Assert.True(File.Exists(kept));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(lab.Root, "jobs")));
    }

    [Fact]
    public async Task A_private_folder_that_is_a_link_is_unlinked_and_no_more()
    {
        await using var lab = new QueueLab(StoreKind.Files, postgres);
        using var elsewhere = new TemporaryFolder();
        var kept = elsewhere.Write("file", [1]);
        var folders = lab.Folders;
        var link = Path.Combine(lab.Root, "link");
        Directory.CreateSymbolicLink(link, elsewhere.FullPath);

        PrivateFolder.Delete(link);

        Assert.NotEmpty(folders.Root);
        Assert.True(File.Exists(kept));
        Assert.False(Path.Exists(link));
    }

    [Theory]
    [InlineData("../../x.jpg", "0001.jpg")]
    [InlineData("a.JPEG", "0001.jpeg")]
    [InlineData("a.tar/../gz", "0001")]
    [InlineData("a.j\0pg", "0001")]
    [InlineData("a.ｊｐｇ", "0001")]
    [InlineData("a.", "0001")]
    [InlineData("CON.mp4 ", "0001")]
    [InlineData("", "0001")]
    public void Names_never_reach_paths(string name, string stored) =>
        Assert.Equal(stored, new JobInput { Number = 1, Name = name, Length = 0 }.StoredName);

    [Theory]
    [InlineData("")]
    [InlineData("../../../../../../etc/pass")]
    [InlineData("ABCDEFGHJKMNPQRSTVWXYZ0123")]
    [InlineData("abcdefghjkmnpqrstvwxyz01234")]
    [InlineData(null)]
    public void What_is_no_id_is_none(string? text) => Assert.Null(JobId.TryParse(text));

    [Fact]
    public void Ids_are_read_as_they_were_written_and_all_differ()
    {
        var ids = Enumerable.Range(0, 1000).Select(_ => JobId.New()).ToList();

        Assert.All(ids, id => Assert.Equal(id, JobId.TryParse(id.ToString())));
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public async Task A_full_disk_is_said_and_what_was_accepted_is_kept()
    {
        await using var lab = new QueueLab(StoreKind.Files, postgres);
        using var disk = new TemporaryFolder();
        if (!Shell.Run(disk.FullPath, "mkdir disk && mount -t tmpfs -o size=2m,mode=700 none disk"))
        {
            return;
        }

        try
        {
            var time = TimeProvider.System;
            var folders = new JobFolders(disk["disk"], reserveBytes: 0);
            await using var store = await JobServices.OpenStoreAsync(folders, null, time, default);
            var queue = new JobQueue(store, folders, new JobQueueOptions(), time);
            var kept = await QueueLab.SubmitAsync(queue);

            var draft = queue.Draft(QueueLab.Owner);
            var full = await Assert.ThrowsAsync<VeilException>(() => draft.AddAsync("a.jpg", new MemoryStream(new byte[3 << 20]), long.MaxValue, default));
            await draft.DisposeAsync();
            Assert.Equal(VeilErrorCode.StorageFull, full.Code);
            Assert.Empty(Directory.GetFileSystemEntries(disk["disk/uploads"]));
            Assert.True((await queue.CheckAsync(default)).IsReady);

            await File.WriteAllBytesAsync(disk["disk/filler"], new byte[1 << 20]);
            Shell.Run(disk["disk"], "cat /dev/zero >filler 2>/dev/null");
            Assert.Equal(VeilErrorCode.StorageFull, (await Assert.ThrowsAsync<VeilException>(() => store.ClaimAsync(QueueLab.Terms, default))).Code);
            Assert.Equal(VeilErrorCode.StorageFull, (await queue.CheckAsync(default)).Problem!.Code);
            Assert.Equal(JobState.Queued, (await queue.FindAsync(QueueLab.Owner, kept.Id, default))!.State);

            File.Delete(disk["disk/filler"]);
            Assert.Equal(kept.Id, (await store.ClaimAsync(QueueLab.Terms, default))!.Id);
            Assert.Equal(VeilErrorCode.StorageFull, Assert.Throws<VeilException>(() => new JobFolders(disk["disk"]).RequireRoom()).Code);
        }
        finally
        {
            Shell.Run(disk.FullPath, "umount disk");
        }
    }
}
