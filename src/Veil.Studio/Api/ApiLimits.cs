using Veil.Errors;
using Veil.Imaging;
using Veil.Studio.Api.Work;

namespace Veil.Studio.Api;

/// <summary>What one request, one key and all requests together may cost.</summary>
internal sealed record ApiLimits
{
    private const int MostSlots = 256;

    /// <summary>Bytes of one picture of <c>/v1/images</c> and <c>/v1/detections</c>; 64 MiB by default.</summary>
    public long MaxImageBytes { get; init; } = 64L << 20;

    /// <summary>Pixels of all frames of one picture; 100 million by default.</summary>
    public long MaxPixels { get; init; } = 100_000_000;

    /// <summary>Bytes of one job's upload; 4 GiB by default.</summary>
    public long MaxJobBytes { get; init; } = 4L << 30;

    /// <summary>Files of one job; 1,000 by default.</summary>
    public int MaxJobFiles { get; init; } = 1000;

    /// <summary>Jobs of one key that wait or run; 100 by default.</summary>
    public int MaxJobs { get; init; } = 100;

    /// <summary>How long a picture may take, waiting included; a minute by default.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Pictures worked on at a time; one for each processor by default.</summary>
    public int Concurrency { get; init; } = Environment.ProcessorCount;

    /// <summary>Pictures that wait at most; 32 by default. Whoever comes then is told to come again.</summary>
    public int Waiting { get; init; } = 32;

    /// <summary>Pictures of one key that wait or are worked on; 0 (default) for no limit of its own.</summary>
    public int PerKey { get; init; }

    /// <summary>How long a picture of a job, or a frame of a film, may take; 5 minutes by default. Only kept where the work is isolated.</summary>
    public TimeSpan MaxFrameTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Most resident memory of a worker process in bytes; 4 GiB by default, 0 for no limit.</summary>
    public long MaxWorkerMemory { get; init; } = 4L << 30;

    /// <summary>Distinct settings whose networks stay loaded, in each process; 4 by default.</summary>
    public int LoadedSettings { get; init; } = AnonymizerCache.UsualCapacity;

    /// <summary>Bytes a second that an upload must bring after its first seconds; 1,000 by default.</summary>
    public double MinBytesPerSecond { get; init; } = 1000;

    /// <summary>How long an upload may be slower than that; 10 seconds by default.</summary>
    public TimeSpan SlowGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The limits on one picture.</summary>
    public PictureLimits Picture => new() { MaxPixels = MaxPixels, MaxFileBytes = MaxImageBytes };

    /// <summary>The limits on one file of a job.</summary>
    public PictureLimits JobPicture => new() { MaxPixels = MaxPixels, MaxFileBytes = Math.Min(MaxJobBytes, PictureLimits.Default.MaxFileBytes) };

    /// <summary>Refuses what is out of range.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>.</exception>
    public void Validate()
    {
        Require("the size of a picture", MaxImageBytes, 1, 1L << 40);
        Require("the pixels of a picture", MaxPixels, 1, long.MaxValue);
        Require("the size of a job", MaxJobBytes, 1, 1L << 44);
        Require("the files of a job", MaxJobFiles, 1, 100_000);
        Require("the jobs of a key", MaxJobs, 1, 100_000);
        Require("the milliseconds of a request", (long)MaxTime.TotalMilliseconds, 1, 3_600_000);
        Require("the milliseconds of a frame", (long)MaxFrameTime.TotalMilliseconds, 1, 86_400_000);
        Require("the bytes of a worker's memory", MaxWorkerMemory, 0, 1L << 44);
        Require("the pictures at a time", Concurrency, 1, MostSlots);
        Require("the pictures that wait", Waiting, 0, 10_000);
        Require("the pictures of one key", PerKey, 0, 10_000);
    }

    private static void Require(string what, long value, long least, long most)
    {
        if (value < least || value > most)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"Expected {what} between {least} and {most}, but received {value}.", "'veil serve --help' lists the limits.");
        }
    }
}
