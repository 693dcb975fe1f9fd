using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Veil.Errors;
using Veil.Studio.Jobs.Files;
using Veil.Studio.Jobs.Postgres;

namespace Veil.Studio.Jobs;

/// <summary>Puts the queue together.</summary>
internal static class JobServices
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    /// <summary>Opens the store: PostgreSQL where a connection string is given, else files below the jobs' root.</summary>
    /// <param name="folders">The jobs' folders.</param>
    /// <param name="connectionString">As Npgsql takes it; null for files.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="VeilException">It cannot be opened; a database that does not answer only shows when it is asked.</exception>
    public static async Task<IJobStore> OpenStoreAsync(JobFolders folders, string? connectionString, TimeProvider time, CancellationToken cancellationToken) =>
        connectionString is null
            ? await FileJobStore.OpenAsync(Path.Combine(folders.Root, "queue"), time, cancellationToken)
            : new PostgresJobStore(connectionString, PostgresJobStore.DefaultSchema, time);

    /// <summary>Adds the queue, and the services that run its jobs and delete what is due. The host must be given time to end them, which is done here.</summary>
    /// <param name="services">The host's.</param>
    /// <param name="queue">The queue; its store belongs to the caller.</param>
    /// <param name="options">How jobs are run.</param>
    /// <param name="work">Finds the work itself.</param>
    public static IServiceCollection AddJobs(this IServiceCollection services, JobQueue queue, JobRunnerOptions options, Func<IServiceProvider, JobWork> work) => services
        .AddSingleton(queue)
        .AddSingleton(options)
        .AddSingleton(work)
        .AddSingleton<JobRunner>()
        .AddSingleton<JobRetention>()
        .AddHostedService(provider => provider.GetRequiredService<JobRunner>())
        .AddHostedService(provider => provider.GetRequiredService<JobRetention>())
        .Configure<HostOptions>(host =>
        {
            var needed = options.Grace + options.StopPatience + LastWords;
            host.ShutdownTimeout = host.ShutdownTimeout > needed ? host.ShutdownTimeout : needed;
        });
}
