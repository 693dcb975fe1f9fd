using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Veil.Studio.Jobs;

namespace Veil.Studio.Tests.Jobs;

/// <summary>
/// A server in a process of its own, which can really be killed. It is this very assembly, started with a variable that says which
/// queue to serve.
/// </summary>
internal sealed class ServerProcess : IDisposable
{
    private const string RootVariable = "VEIL_TEST_SERVE_JOBS";
    private const string DatabaseVariable = "VEIL_TEST_SERVE_JOBS_FROM";
    private static readonly TimeSpan ShortLease = TimeSpan.FromSeconds(3);
    private readonly Process _process;

    private ServerProcess(Process process) => _process = process;

    /// <summary>Starts one.</summary>
    /// <param name="root">The jobs' root.</param>
    /// <param name="database">Connection string; null for files.</param>
    public static ServerProcess Start(string root, string? database)
    {
        var start = new ProcessStartInfo("dotnet", typeof(ServerProcess).Assembly.Location) { RedirectStandardInput = true };
        start.Environment[RootVariable] = root;
        start.Environment[DatabaseVariable] = database ?? "";
        return new ServerProcess(Process.Start(start)!);
    }

    /// <summary>Kills it without a word.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    [ModuleInitializer]
    internal static void ServeWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(RootVariable) is { Length: > 0 } root)
        {
            // On a thread that keeps the process alive: others wait for this initializer to return.
            var database = Environment.GetEnvironmentVariable(DatabaseVariable) is { Length: > 0 } given ? given : null;
            new Thread(() => ServeAsync(root, database).GetAwaiter().GetResult()) { IsBackground = false }.Start();
        }
    }

    private static async Task ServeAsync(string root, string? database)
    {
        var folders = new JobFolders(root, reserveBytes: 0);
        var time = TimeProvider.System;
        var queue = new JobQueue(await JobServices.OpenStoreAsync(folders, database, time, default), folders, new JobQueueOptions(), time);
        var options = new JobRunnerOptions { Concurrency = 3, Lease = ShortLease, Heartbeat = TimeSpan.FromMilliseconds(200), Poll = TimeSpan.FromMilliseconds(100), MaxAttempts = 100 };
        using var runner = new JobRunner(queue, FakeWork.Free().RunAsync, options, time, NullLogger<JobRunner>.Instance);
        await runner.StartAsync(default);
        // Its input ends with the process that started it.
        await Console.In.ReadToEndAsync();
        Environment.Exit(0);
    }
}
