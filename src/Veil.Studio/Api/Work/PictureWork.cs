using Microsoft.AspNetCore.Http;
using Veil.Errors;
using Veil.Pipeline;
using Veil.Studio.Api.Http;
using Veil.Studio.Api.Telemetry;
using Veil.Studio.Api.Uploads;

namespace Veil.Studio.Api.Work;

/// <summary>Does the work on one picture within a request: its turn, its deadline, its networks.</summary>
internal sealed class PictureWork(WorkGate gate, AnonymizerCache cache, ApiLimits limits)
{
    /// <summary>Pictures that wait and are worked on.</summary>
    public WorkGate Gate { get; } = gate;

    /// <summary>Works on a picture.</summary>
    /// <param name="context">The request.</param>
    /// <param name="folder">Its files; they stay until the work has ended, also when the request is given up before.</param>
    /// <param name="settings">What to do.</param>
    /// <param name="work">Does it.</param>
    /// <returns>What became of it, with what the user should know; it is done.</returns>
    /// <exception cref="VeilException">It failed, or took too long.</exception>
    public async Task<(ItemResult Result, IReadOnlyList<string> Warnings)> DoAsync(
        HttpContext context, RequestFolder folder, AnonymizerSettings settings, Func<Anonymizer, CancellationToken, ItemResult> work)
    {
        var deadline = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        deadline.CancelAfter(limits.MaxTime);
        var running = false;
        try
        {
            var turn = await Gate.EnterAsync(KeyGate.OwnerOf(context), deadline.Token);
            var held = folder.Hold();
            running = true;
            var task = Task.Run(() => Work(settings, work, deadline, turn, held), CancellationToken.None);

            // The engine looks at its token between steps; who waits is not kept until it does.
            return await task.WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw new VeilException(VeilErrorCode.TimedOut, $"Expected the picture to be done within {limits.MaxTime.TotalSeconds} seconds, but it was not.");
        }
        finally
        {
            if (!running)
            {
                deadline.Dispose();
            }
        }
    }

    private (ItemResult Result, IReadOnlyList<string> Warnings) Work(
        AnonymizerSettings settings, Func<Anonymizer, CancellationToken, ItemResult> work, CancellationTokenSource deadline, IDisposable turn, RequestFolder held)
    {
        using (deadline)
        using (held)
        using (turn)
        using (var lease = cache.Rent(settings))
        {
            var begun = DateTimeOffset.UtcNow;
            using var activity = ApiTelemetry.Source.StartActivity("work");
            var result = work(lease.Anonymizer, deadline.Token);
            ApiTelemetry.Item(result, begun);
            return (result.EnsureDone(), lease.Anonymizer.Warnings);
        }
    }
}
