using System.Net;
using System.Security.Cryptography;
using Veil.Errors;
using Veil.Onnx.Models;

namespace Veil.Onnx.Tests.Models;

public class ModelStoreTests
{
    [Fact]
    public void The_installed_default_model_is_the_one_of_the_manifest() =>
        Assert.Equal(ModelFileState.Present, Beside().Check(ModelManifest.Find("retinaface")).State);

    [Fact]
    public void A_missing_model_says_where_it_was_looked_for_and_how_to_get_it()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<VeilException>(() => Store(folder).Read(ModelManifest.Find("yunet")));
        Assert.Equal(VeilErrorCode.InvalidModel, error.Code);
        Assert.Contains(folder.FullPath, error.Message, StringComparison.Ordinal);
        Assert.Contains("veil models pull yunet", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void An_altered_model_is_not_loaded()
    {
        using var folder = new TemporaryFolder();
        folder.Write("yunet_n_dynamic.onnx", [1, 2, 3]);
        var entry = ModelManifest.Find("yunet");
        Assert.Equal(ModelFileState.Altered, Store(folder).Check(entry).State);
        Assert.Contains(entry.Sha256, Assert.Throws<VeilException>(() => Store(folder).Read(entry)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_read_and_is_kept_is_read_once()
    {
        var (store, entry) = (Beside(), ModelManifest.Find("retinaface"));
        var first = store.Read(entry);
        Assert.Same(first, store.Read(entry));
        Assert.NotSame(first, Beside().Read(entry));
        GC.KeepAlive(first);
    }

    [Fact]
    public void A_permissive_filter_refuses_other_terms_by_name()
    {
        var store = new ModelStore([Path.Combine(AppContext.BaseDirectory, "models")], "unused", ModelLicenceFilter.Permissive);
        Assert.Contains("retinaface", Assert.Throws<VeilException>(() => store.Read(ModelManifest.Find("retinaface"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_ids_list_the_known_ones() =>
        Assert.Contains("retinaface", Assert.Throws<VeilException>(() => ModelManifest.Find("nothing")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_pulled_model_is_checked_and_put_in_its_place()
    {
        using var folder = new TemporaryFolder();
        var content = Beside().Read(ModelManifest.Find("retinaface"));
        using var server = Serve(content, out var address);
        var path = await Store(folder).PullAsync("retinaface", address);
        Assert.Equal(content, await File.ReadAllBytesAsync(path));
        Assert.Equal(["retinaface-mnet025-v2.onnx"], folder.Files());
    }

    [Fact]
    public async Task An_altered_download_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        using var server = Serve([1, 2, 3], out var address);
        var error = await Assert.ThrowsAsync<VeilException>(() => Store(folder).PullAsync("retinaface", address));
        Assert.Equal(VeilErrorCode.DownloadFailed, error.Code);
        Assert.Empty(folder.Files());
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_clear_error()
    {
        using var folder = new TemporaryFolder();
        var error = await Assert.ThrowsAsync<VeilException>(() => Store(folder).PullAsync("yunet", new Uri($"http://127.0.0.1:{FreePort()}/")));
        Assert.Equal(VeilErrorCode.DownloadFailed, error.Code);
    }

    [Fact]
    public async Task A_model_without_a_file_address_names_its_origin()
    {
        using var folder = new TemporaryFolder();
        var error = await Assert.ThrowsAsync<VeilException>(() => Store(folder).PullAsync("scrfd-2.5g"));
        Assert.Contains("insightface", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_several_files_is_read_by_their_names()
    {
        using var folder = Parted(out var entry);
        Assert.Equal(ModelFileState.Present, Store(folder).Check(entry).State);
        var files = Store(folder).ReadAll(entry);
        Assert.Equal(["model.json", "one.bin", "two.bin"], files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([1, 2], files["model.json"]);
        Assert.Equal([4], files["two.bin"]);
    }

    [Fact]
    public void A_model_is_missing_when_one_of_its_files_is()
    {
        using var folder = Parted(out var entry);
        File.Delete(folder["parted/one.bin"]);
        Assert.False(Store(folder).Has(entry));
        Assert.Contains("2 files beside it", Assert.Throws<VeilException>(() => Store(folder).ReadAll(entry)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_is_altered_when_one_of_its_files_is()
    {
        using var folder = Parted(out var entry);
        folder.Write("parted/two.bin", [5]);
        Assert.Equal(ModelFileState.Altered, Store(folder).Check(entry).State);
        Assert.Contains(entry.Sha256, Assert.Throws<VeilException>(() => Store(folder).ReadAll(entry)).Message, StringComparison.Ordinal);
        Assert.Throws<VeilException>(() => Store(folder).Read(entry));
    }

    private static TemporaryFolder Parted(out ModelEntry entry)
    {
        var folder = new TemporaryFolder();
        folder.Write("parted/model.json", [1, 2]);
        folder.Write("parted/one.bin", [3]);
        folder.Write("parted/two.bin", [4]);
        entry = ModelManifest.Find("retinaface") with
        {
            File = "parted/model.json", Parts = ["one.bin", "two.bin"], Sha256 = Convert.ToHexStringLower(SHA256.HashData([1, 2, 3, 4])),
        };
        return folder;
    }

    private static ModelStore Beside() => new([Path.Combine(AppContext.BaseDirectory, "models")], "unused");

    private static ModelStore Store(TemporaryFolder folder) => new([folder.FullPath], folder.FullPath);

    private static HttpListener Serve(byte[] content, out Uri address)
    {
        address = new Uri($"http://127.0.0.1:{FreePort()}/");
        var listener = new HttpListener();
        listener.Prefixes.Add(address.ToString());
        listener.Start();
        _ = Task.Run(async () =>
        {
            var context = await listener.GetContextAsync();
            context.Response.ContentLength64 = content.Length;
            await context.Response.OutputStream.WriteAsync(content);
            context.Response.Close();
        });
        return listener;
    }

    private static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
