using Microsoft.AspNetCore.Http;
using Veil.Errors;
using Veil.Pipeline;
using Veil.Studio.Api.Http;
using Veil.Studio.Api.Telemetry;
using Veil.Studio.Api.Uploads;

namespace Veil.Studio.Api.Work;

/// <summary>Does the work on one picture within a request: its turn, its deadline, its networks.</summary>
internal sealed class PictureWork(WorkGate gate, IAnonymizerSource anonymizers, ApiLimits limits)
{
    // Most pictures are done by then: stopping the work would cost more than ending it.
    private static readonly TimeSpan TimeOfWhatNobodyWaitsFor = TimeSpan.FromSeconds(1);

    /// <summary>Pictures that wait and are worked on.</summary>
    public WorkGate Gate { get; } = gate;

    /// <summary>Works on a picture.</summary>
    /// <param name="context">The request.</param>
    /// <param name="folder">Its files; they stay until the work has ended, also when the request is given up before.</param>
    /// <param name="settings">What to do.</param>
    /// <param name="work">Whether the picture is to be covered.</param>
    /// <returns>What became of it, with what the user should know; it is done.</returns>
    /// <exception cref="VeilException">It failed, or took too long.</exception>
    public async Task<(ItemResult Result, IReadOnlyList<string> Warnings)> DoAsync(
        HttpContext context, RequestFolder folder, AnonymizerSettings settings, AssignedWork work)
    {
        var deadline = new CancellationTokenSource(limits.MaxTime);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, deadline.Token);
        var running = false;
        try
        {
            var turn = await Gate.EnterAsync(KeyGate.OwnerOf(context), waiting.Token);
            var held = folder.Hold();
            running = true;
            var task = Task.Run(() => Work(settings, new Assignment(work, folder.Planned(work)), deadline, turn, held, context.RequestAborted), CancellationToken.None);

            // Whoever waits is not kept until the work has stopped.
            return await task.WaitAsync(waiting.Token);
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
        AnonymizerSettings settings, Assignment assignment, CancellationTokenSource deadline, IDisposable turn, RequestFolder held, CancellationToken givenUp)
    {
        using (deadline)
        using (held)
        using (turn)
        using (givenUp.UnsafeRegister(_ => deadline.CancelAfter(TimeOfWhatNobodyWaitsFor), null))
        using (var lease = anonymizers.Rent(settings))
        {
            var begun = DateTimeOffset.UtcNow;
            using var activity = ApiTelemetry.Source.StartActivity("work");
            var result = lease.Process(assignment, deadline.Token);
            ApiTelemetry.Item(result, begun);
            return (result.EnsureDone(), lease.Facts.Warnings);
        }
    }
}
