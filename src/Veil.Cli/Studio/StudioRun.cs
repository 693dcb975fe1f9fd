using Veil.Errors;
using Veil.Studio.Hosting;

namespace Veil.Cli.Studio;

/// <summary>Runs the studio until Ctrl-C.</summary>
internal static class StudioRun
{
    public static async Task<int> RunAsync(IReadOnlyList<string> offered, int port, string? data, BrowserStart browser, CancellationToken cancel)
    {
        if (offered.FirstOrDefault(path => !Path.Exists(path)) is { } missing)
        {
            throw new VeilException(VeilErrorCode.UnreadableInput, $"Expected a file or folder, but there is no '{missing}'.", "Leave it out, and choose in the page.");
        }

        var options = new StudioOptions { Port = port, DataFolder = Path.GetFullPath(data ?? StudioOptions.DefaultDataFolder), Offered = [.. offered.Select(Path.GetFullPath)] };
        var server = await StudioServer.StartAsync(options, cancel).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            await Console.Out.WriteLineAsync($"Veil Studio: {server.EntryAddress}").ConfigureAwait(false);
            await Console.Error.WriteLineAsync("veil: the address lets anybody on this machine in who knows it, so keep it to yourself. Ctrl-C ends the studio.").ConfigureAwait(false);
            if (browser == BrowserStart.Yes && !SystemBrowser.TryOpen(server.IssueEntryForOneUse()))
            {
                await Console.Error.WriteLineAsync("veil: no browser was found; open the address in one.").ConfigureAwait(false);
            }

            await server.WaitAsync(cancel).ConfigureAwait(false);
        }

        await Console.Error.WriteLineAsync("veil: the studio is closed.").ConfigureAwait(false);
        return ExitCode.Done;
    }
}
