using System.Text.Json;
using Veil.Studio.Jobs;
using Veil.Studio.Jobs.Files;

namespace Veil.Studio.Tests.Jobs;

public sealed class JobIndexTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<JobId, Job> _jobs = [];
    private readonly List<JobId> _read = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Only_records_that_are_new_or_have_changed_are_read_again()
    {
        var index = Index();
        var (one, other) = (Add("a"), Add("b"));
        Assert.Equal(2, index.All().Count);
        _read.Clear();

        Assert.Equal(2, index.All().Count);
        Assert.Empty(_read);

        Change(one, job => job with { State = JobState.Running, Lease = new JobLease(1, "x", job.Created) }, longer: "more");
        var added = Add("c");
        Assert.Equal([JobState.Queued, JobState.Queued, JobState.Running], index.All().Select(entry => entry.State).Order());
        Assert.Equal(new[] { one, added }.ToHashSet(), _read.ToHashSet());
        Assert.DoesNotContain(other, _read);
    }

    [Fact]
    public void A_record_that_changed_a_moment_ago_is_read_again_for_its_time_may_not_tell()
    {
        var index = Index();
        var id = Add("a", DateTime.UtcNow + TimeSpan.FromHours(1));

        index.All();
        _jobs[id] = _jobs[id] with { Owner = "somebody else" };

        Assert.Equal("somebody else", Assert.Single(index.All()).Owner);
    }

    [Fact]
    public void Records_that_are_gone_are_gone()
    {
        var index = Index();
        var (one, other) = (Add("a"), Add("b"));
        index.All();

        File.Delete(PathOf(one));

        Assert.Equal(other, Assert.Single(index.All()).Id);
    }

    private JobIndex Index() => new(_folder.FullPath, ".json", id =>
    {
        _read.Add(id);
        return _jobs.GetValueOrDefault(id);
    });

    private JobId Add(string owner, DateTime? changed = null)
    {
        var now = DateTimeOffset.UtcNow;
        var job = new Job { Id = JobId.New(), Owner = owner, Created = now, Settings = JsonElement.Parse("{}"), Inputs = [], InputsDue = now.AddDays(1), KeepResults = TimeSpan.FromDays(1) };
        _jobs[job.Id] = job;
        File.WriteAllText(PathOf(job.Id), owner);
        File.SetLastWriteTimeUtc(PathOf(job.Id), changed ?? DateTime.UtcNow - TimeSpan.FromHours(1));
        return job.Id;
    }

    private void Change(JobId id, Func<Job, Job> change, string longer)
    {
        _jobs[id] = change(_jobs[id]);
        File.WriteAllText(PathOf(id), longer);
    }

    private string PathOf(JobId id) => _folder[id + ".json"];
}
