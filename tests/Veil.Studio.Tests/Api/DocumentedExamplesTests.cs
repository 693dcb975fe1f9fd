using System.Diagnostics;
using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Veil.Studio.Tests.Api;

public sealed class DocumentedExamplesTests
{
    [DataFact("synthetic-portraits")]
    public async Task The_lines_with_curl_do_what_the_page_says()
    {
        await using var lab = await ApiLab.StartAsync();
        using var folder = new TemporaryFolder();
        File.Copy(SharedData.Path("synthetic-portraits", "portrait-000.jpg"), folder["photo.jpg"]);
        var page = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "docs", "api.md"));
        var script = Regex.Match(page, "```sh\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        var start = new ProcessStartInfo("bash") { WorkingDirectory = folder.FullPath, RedirectStandardError = true };
        foreach (var argument in (string[])["-euo", "pipefail", "-c", script])
        {
            start.ArgumentList.Add(argument);
        }

        (start.Environment["VEIL_URL"], start.Environment["VEIL_KEY"]) = (lab.Server.Address.AbsoluteUri.TrimEnd('/'), lab.Key);
        using var process = Process.Start(start)!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Eventually.Patience);

        Assert.True(process.ExitCode == 0, said);
        Assert.NotEqual(await File.ReadAllBytesAsync(folder["photo.jpg"]), await File.ReadAllBytesAsync(folder["hidden.jpg"]));
        Assert.Contains("\"face\"", await File.ReadAllTextAsync(folder["regions.json"]), StringComparison.Ordinal);
        Assert.Contains("event: ended", await File.ReadAllTextAsync(folder["events.txt"]), StringComparison.Ordinal);
        using var zip = ZipFile.OpenRead(folder["results.zip"]);
        Assert.Equal(["hidden.png", "photo.jpg"], zip.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
    }
}
