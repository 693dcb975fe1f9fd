using System.Diagnostics;
using System.Text.Json;
using Veil.Errors;
using Veil.Pipeline.Sharding;

namespace Veil.Tests.Pipeline.Sharding;

public sealed class LeaseTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly LeaseTerms Quick = new(TimeSpan.FromMilliseconds(20), Patience);
    private readonly TemporaryFolder _folder = new();

    private string File => _folder["lease"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_lease_is_there_while_it_is_held_and_gone_afterwards()
    {
        using (var lease = Take())
        {
            lease!.Finished();
            Wait(() => LeaseRecord.TryRead(File) is { Finished: 1 });
        }

        Assert.Empty(_folder.Files());
    }

    [Fact]
    public void A_lease_that_is_held_by_somebody_alive_is_refused_and_the_holder_named()
    {
        using var held = Take();

        var error = Assert.Throws<VeilException>(() => Take());

        Assert.Contains($"process {Environment.ProcessId} on {Environment.MachineName}", error.Message, StringComparison.Ordinal);
        Assert.False(held!.Lost.IsCancellationRequested);
    }

    [Fact]
    public void A_lease_of_a_machine_that_fell_silent_lapses()
    {
        Write(LeaseRecord.Mine(TimeProvider.System) with { Host = "elsewhere", Token = "other" });
        var waited = new List<LeaseRecord>();

        using var lease = Lease.Take(File, Quick with { Lapse = TimeSpan.FromMilliseconds(200) }, LeaseConflict.Refuse, () => true, waited.Add, TimeProvider.System, CancellationToken.None);

        Assert.Equal("elsewhere", Assert.Single(waited).Host);
        Assert.NotEqual("other", LeaseRecord.TryRead(File)!.Token);
    }

    [Fact]
    public void A_lease_of_a_process_that_has_ended_here_is_taken_at_once()
    {
        using var process = Process.Start("true")!;
        process.WaitForExit();
        Write(LeaseRecord.Mine(TimeProvider.System) with { Process = process.Id, Token = "other" });

        using var lease = Lease.Take(File, LeaseTerms.Default, LeaseConflict.Refuse, () => true, _ => Assert.Fail("waited"), TimeProvider.System, CancellationToken.None);

        Assert.NotNull(lease);
    }

    [Fact]
    public void A_process_that_got_the_number_of_one_that_ended_is_not_taken_for_it()
    {
        var mine = LeaseRecord.Mine(TimeProvider.System);

        Assert.False(mine.HasEnded);
        Assert.True((mine with { Born = mine.Born + 1 }).HasEnded);
    }

    [Fact]
    public void Who_was_taken_over_is_told_and_leaves_the_new_holders_lease_alone()
    {
        using (var lease = Take())
        {
            Write(LeaseRecord.Mine(TimeProvider.System) with { Token = "other" });
            Wait(() => lease!.Lost.IsCancellationRequested);
        }

        Assert.Equal("other", LeaseRecord.TryRead(File)!.Token);
    }

    [Fact]
    public void Who_waits_for_a_lease_may_find_it_no_longer_wanted()
    {
        using var held = Take();
        var asked = 0;

        Assert.Null(Lease.Take(File, Quick, LeaseConflict.Wait, () => asked++ < 20, _ => { }, TimeProvider.System, CancellationToken.None));
    }

    [Fact]
    public void Waiting_can_be_cancelled()
    {
        using var held = Take();
        using var stop = new CancellationTokenSource();

        Assert.Throws<OperationCanceledException>(() => Lease.Take(File, Quick, LeaseConflict.Wait, () => true, _ => stop.Cancel(), TimeProvider.System, stop.Token));
    }

    private Lease? Take() => Lease.Take(File, Quick, LeaseConflict.Refuse, () => true, _ => { }, TimeProvider.System, CancellationToken.None);

    private void Write(LeaseRecord record)
    {
        // As holders do: whole or not at all.
        System.IO.File.WriteAllBytes(File + ".new", JsonSerializer.SerializeToUtf8Bytes(record));
        System.IO.File.Move(File + ".new", File, overwrite: true);
    }

    private static void Wait(Func<bool> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < Patience, "Waited in vain.");
            Thread.Sleep(10);
        }
    }
}
