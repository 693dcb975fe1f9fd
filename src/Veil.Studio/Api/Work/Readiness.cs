using Microsoft.Extensions.Hosting;
using Veil.Errors;
using Veil.Studio.Api.Errors;
using Veil.Studio.Api.Uploads;
using Veil.Studio.Jobs;

namespace Veil.Studio.Api.Work;

/// <summary>Why a server cannot do its work.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Message">In words; nothing that outsiders should not know.</param>
internal sealed record NotReadyReason(string Code, string Message)
{
    /// <summary>What an error says to everybody: its own text may name folders.</summary>
    public static NotReadyReason Of(VeilException error) => new(error.Code.ToString(), ApiErrors.For(error.Code).Title);
}

/// <summary>
/// Tries whether the server can do its work. As it starts it looks for people in an empty picture with the default settings, so that the
/// first request does not wait until processes are started and networks are loaded.
/// </summary>
internal sealed class Readiness(IAnonymizerSource anonymizers, RequestFolders folders, JobQueue queue, ApiLimits limits, IHostApplicationLifetime lifetime) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);
    private NotReadyReason? _models = new("Starting", "The models are being loaded.");

    /// <summary>What stands against it; empty when nothing does.</summary>
    public async Task<IReadOnlyList<NotReadyReason>> ReasonsAsync(CancellationToken cancellationToken)
    {
        var reasons = new List<NotReadyReason>();
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            reasons.Add(new NotReadyReason("ShuttingDown", "The server is about to end."));
        }

        if (Volatile.Read(ref _models) is { } models)
        {
            reasons.Add(models);
        }

        if (await queue.CheckAsync(cancellationToken) is { Problem: { } problem })
        {
            reasons.Add(NotReadyReason.Of(problem));
        }

        return reasons;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await Task.Run(() => Try(stoppingToken), stoppingToken) is { } problem)
            {
                Volatile.Write(ref _models, NotReadyReason.Of(problem));
                await Task.Delay(Again, stoppingToken);
            }

            Volatile.Write(ref _models, null);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server ends before its models were loaded.
        }
    }

    private VeilException? Try(CancellationToken stopping)
    {
        try
        {
            using var lease = anonymizers.Rent(new AnonymizerSettings { Limits = limits.Picture });
            using var folder = folders.Create();
            using (var file = PrivateFolder.CreateFile(folder.Original))
            {
                TrialPicture.Write(file);
            }

            lease.Process(new Assignment(AssignedWork.Find, folder.Planned(AssignedWork.Find)), stopping).EnsureDone();
            return null;
        }
        catch (VeilException error)
        {
            return error;
        }
    }
}
