using Microsoft.Extensions.Logging.Abstractions;
using Veil.Pipeline;
using Veil.Regions;
using Veil.Studio.Api.Isolation;
using Veil.Studio.Api.Work;

namespace Veil.Studio.Tests.Api.Isolation;

public sealed class WorkerPoolTests : IDisposable
{
    private static readonly AnonymizerSettings Whole = new() { Treatments = [new KindTreatment(RegionKind.Image) { Method = "solid" }] };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Workers_that_a_busy_time_has_left_end_but_one_stays()
    {
        var time = new FakeTime();
        using var pool = new WorkerPool(FakeWorker.Command(_folder.FullPath), memory: null, time, NullLogger<WorkerPool>.Instance);
        _folder.Write("a.png", TestPicture.Png());

        // Two at a time need two of them; when they are at a time the machine decides.
        await Eventually.TrueAsync(() =>
        {
            Parallel.For(0, 4, Cover);
            return pool.Processes.Count > 1;
        });
        time.Advance(WorkerPool.Patience * 2);

        Assert.Single(pool.Processes);
        Cover(0);
        Assert.Single(pool.Processes);

        void Cover(int number)
        {
            using var lease = pool.Rent(Whole);
            var planned = new PlannedItem(new MediaItem(_folder["a.png"], "a.png", MediaItemOrigin.Named), _folder[$"{Guid.NewGuid():N}.png"]);
            Assert.Equal(ItemStatus.Done, lease.Process(new Assignment(AssignedWork.Anonymize, planned), CancellationToken.None).Status);
        }
    }

    [Fact]
    public void What_settings_come_to_is_said_without_a_worker()
    {
        using var pool = new WorkerPool(FakeWorker.Command(_folder.FullPath), memory: null, TimeProvider.System, NullLogger<WorkerPool>.Instance);
        using var plain = new AnonymizerCache(capacity: 1);

        using var lease = pool.Rent(Whole);
        using var own = plain.Rent(Whole);

        Assert.Equal(own.Facts.Options, lease.Facts.Options);
        Assert.Equal(own.Facts.Warnings, lease.Facts.Warnings);
        Assert.Empty(pool.Processes);
    }
}
