using System.Diagnostics;
using Veil.Errors;

namespace Veil.Pipeline.Verification;

/// <summary>Checks an output against its original. One per worker.</summary>
/// <param name="pair">The two.</param>
/// <param name="cancellationToken">Stops it.</param>
/// <returns>What was found; what cannot be read or compared is a finding, not an exception.</returns>
public delegate OutputVerification OutputVerify(OutputPair pair, CancellationToken cancellationToken);

/// <summary>Makes an output again, so that what failed may hold.</summary>
/// <param name="last">How it was made the last time.</param>
/// <param name="failed">What was found then.</param>
/// <param name="round">1 for the first time.</param>
/// <returns>Null when nothing is left to try.</returns>
public delegate StrengthenedRun? OutputStrengthen(ItemResult last, OutputVerification failed, int round);

/// <summary>An attempt to make an output hold.</summary>
/// <param name="Description">What is different, for the report.</param>
/// <param name="Processor">Makes the output; disposed after it.</param>
/// <param name="Policies">How regions become covered pixels in it.</param>
public sealed record StrengthenedRun(string Description, IItemProcessor Processor, Regions.RegionPolicies Policies);

/// <summary>
/// Checks each output before it is put in its place: made under a temporary name in a folder of its own, compared with its
/// original, and only then renamed. An output that does not hold is made again if there is a way to strengthen it, and
/// otherwise never appears: the item has failed.
/// </summary>
/// <param name="inner">Makes outputs; owned.</param>
/// <param name="verify">Checks them.</param>
/// <param name="overwrite">What to do where an output is already.</param>
public sealed class VerifyingProcessor(IItemProcessor inner, OutputVerify verify, OverwritePolicy overwrite) : IItemProcessor
{
    /// <summary>Name of the step in results.</summary>
    public const string Step = "verify";

    private const string Older = " The older file that --force was to replace is still at the target, and nobody verified it.";

    /// <summary>How regions become covered pixels.</summary>
    public Regions.RegionPolicies Policies { get; init; } = Regions.RegionPolicies.Default;

    /// <summary>How an output that does not hold is made again; by default it is not.</summary>
    public OutputStrengthen Strengthen { get; init; } = static (_, _, _) => null;

    /// <summary>What outputs promise to keep outside regions, by the result; unknown by default.</summary>
    public Func<ItemResult, OutputFidelity> Fidelity { get; init; } = static _ => OutputFidelity.Unknown;

    /// <summary>What is owned beside the processor, e.g. the checks' detectors.</summary>
    public IDisposable? Owned { get; init; }

    /// <inheritdoc/>
    public ItemResult Process(MediaItem item, string? target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (target is null)
        {
            return inner.Process(item, target, cancellationToken);
        }

        ItemResult ended;
        try
        {
            // Fails before any work where something is there already.
            _ = new OutputFile(target, overwrite);
            using var staged = StagedOutput.For(target);
            var result = Rounds(item, staged.Path, cancellationToken);
            if (result.Status == ItemStatus.Done)
            {
                // A thread that was left behind when its time was over may not write any more.
                cancellationToken.ThrowIfCancellationRequested();
                staged.Complete(overwrite);
            }

            ended = result with { Target = result.Target is null ? null : target };
        }
        catch (VeilException error)
        {
            ended = Broken(item, target, new ItemError(error.Code.ToString(), Step, error.Message, error.Hint));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            ended = Broken(item, target, new ItemError(nameof(VeilErrorCode.UnwritableOutput), Step, "The result cannot be written: " + error.Message, "Check the folder's permissions and free space."));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            ended = Broken(item, target, new ItemError("Internal", Step, $"{error.GetType().Name}: {error.Message}", "This is a defect of Veil; please report it with the file's format and size."));
        }

        return ended is { Status: ItemStatus.Failed, Error: { } failure } && overwrite == OverwritePolicy.Replace && File.Exists(target)
            ? ended with { Error = failure with { Message = failure.Message + Older } }
            : ended;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        inner.Dispose();
        Owned?.Dispose();
    }

    private static ItemResult Broken(MediaItem item, string target, ItemError error) => new(item, target, ItemStatus.Failed) { Error = error };

    private ItemResult Rounds(MediaItem item, string path, CancellationToken cancellationToken)
    {
        var rounds = new List<string>();
        var (result, policies) = (inner.Process(item, path, cancellationToken), Policies);
        for (var round = 1; ; round++)
        {
            if (result.Status != ItemStatus.Done)
            {
                return result;
            }

            var clock = Stopwatch.GetTimestamp();
            var verification = verify(Pair(item, path, result, policies), cancellationToken) with { Rounds = [.. rounds] };
            result = result with { Verification = verification, Times = [.. result.Times, new StepTime(Step, Stopwatch.GetElapsedTime(clock).TotalMilliseconds)] };
            if (verification.Verdict == OutputVerdict.Holds)
            {
                return result;
            }

            if (Strengthen(result, verification, round) is not { } again)
            {
                return Failed(result, verification);
            }

            cancellationToken.ThrowIfCancellationRequested();
            rounds.Add(again.Description);
            File.Delete(path);
            using (again.Processor)
            {
                (result, policies) = (again.Processor.Process(item, path, cancellationToken), again.Policies);
            }
        }
    }

    private OutputPair Pair(MediaItem item, string path, ItemResult result, Regions.RegionPolicies policies) => new(item, path)
    {
        Regions = result.Info is { IsMoving: true } ? null : result.Frames, Policies = policies, Fidelity = Fidelity(result),
    };

    private static ItemResult Failed(ItemResult result, OutputVerification verification)
    {
        var against = verification.Against.ToList();
        var more = against.Count > 1 ? $" ({against.Count - 1} more)" : "";
        return result with
        {
            Status = ItemStatus.Failed,
            Error = new ItemError(
                nameof(VeilErrorCode.NotVerified), Step, $"The result does not hold. {against[0].Check}: {against[0].Message}{more}",
                verification.Rounds.Count > 0 ? "Nothing was written. Look at the picture; mark what is missing in a regions file, or cover it whole with --find image."
                    : "Nothing was written. --verify=strengthen tries with more coverage and stronger methods."),
        };
    }
}
