namespace Veil.Studio.Jobs;

/// <summary>A job for those who do the work. Thread-safe.</summary>
/// <param name="job">As it was when it was taken.</param>
/// <param name="folders">Where its files are.</param>
/// <param name="outputFolder">Empty, and nobody else's.</param>
internal sealed class JobContext(Job job, JobFolders folders, string outputFolder)
{
    private JobProgress _progress = JobProgress.None;

    /// <summary>The job as it was when it was taken.</summary>
    public Job Job { get; } = job;

    /// <summary>Where results go. It is renamed when the job is done: nothing in it may hold its path.</summary>
    public string OutputFolder { get; } = outputFolder;

    /// <summary>What was reported last.</summary>
    public JobProgress Progress => Volatile.Read(ref _progress);

    /// <summary>Where an input is, uploaded or on the server.</summary>
    public string PathOf(JobInput input) => folders.Input(Job.Id, input);

    /// <summary>Reports how far it is; as often as one likes, for it costs nothing.</summary>
    public void Report(JobProgress progress) => Volatile.Write(ref _progress, progress);
}
