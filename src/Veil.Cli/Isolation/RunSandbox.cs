using Veil.Cli.Options;
using Veil.Cli.Runs;
using Veil.Errors;
using Veil.Pipeline;
using Veil.Pipeline.Isolation.Sandbox;

namespace Veil.Cli.Isolation;

/// <summary>
/// What the worker processes of a run are kept in. They may read what the command line names, inputs among it, and write in rooms of their own:
/// this process brings results to their places, so that no worker reaches another's, nor the journal.
/// </summary>
internal sealed class RunSandbox : IDisposable
{
    // What is beyond is linked or copied for the worker, file by file.
    private const int MostNamedFiles = 200;
    private readonly string _rooms;

    private RunSandbox(RunRequest request, SandboxLayers layers)
    {
        var output = request.Settings.Output is { } named && request.Settings.Mode == RunMode.Write && Directory.Exists(named) ? Path.GetFullPath(named) : Path.GetTempPath();

        // A name by which the next run in the folder removes it, should this one be killed.
        _rooms = TemporaryFile.For(Path.Combine(output, "workers"));
        try
        {
            OwnerAlone.CreateFolder(_rooms);
            request.Writes.ToList().ForEach(folder => Directory.CreateDirectory(folder));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, "The folder of worker processes cannot be made: " + error.Message, "Choose a folder that you may write to.", error);
        }

        OfWorkers = new WorkerSandbox(layers, _rooms) { Readable = [.. Named(request.Settings.Words), .. request.Reads], Writable = [.. request.Writes.Select(Path.GetFullPath)], Existing = request.Settings.Existing };
    }

    /// <summary>What each worker is kept in.</summary>
    public WorkerSandbox OfWorkers { get; }

    /// <summary>The sandbox of a run; null where its work is done in this process, or is to be done without.</summary>
    /// <exception cref="VeilException">It is required, but not whole here.</exception>
    public static RunSandbox? For(RunRequest request) =>
        request.Settings.Work is { Place: WorkPlace.OwnProcesses } work && SandboxSupport.For(work.Sandbox) is var layers and not SandboxLayers.None ? new RunSandbox(request, layers) : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(_rooms, recursive: true);
        }
        catch (IOException)
        {
            // An encoder that outlives its worker for a moment still writes there. The next run in the folder removes what is left.
        }
    }

    // Also NAME=PATH, as methods take files.
    private static IEnumerable<string> Named(IReadOnlyList<string> words)
    {
        var paths = words.Concat(words.Where(word => word.Contains('=', StringComparison.Ordinal)).Select(word => word[(word.IndexOf('=', StringComparison.Ordinal) + 1)..]))
            .Where(word => word.Length > 0 && Path.Exists(word)).Select(Path.GetFullPath).Distinct().ToLookup(Directory.Exists);
        return paths[true].Concat(paths[false].Take(MostNamedFiles));
    }
}
