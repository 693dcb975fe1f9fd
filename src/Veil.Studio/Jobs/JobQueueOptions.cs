using Veil.Errors;

namespace Veil.Studio.Jobs;

/// <summary>How long what is kept.</summary>
internal sealed record JobQueueOptions
{
    /// <summary>Originals are deleted as soon as a job has ended, and after this time whatever happens. 1 minute to 30 days; a day by default.</summary>
    public TimeSpan KeepOriginals { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long results stay once a job has ended. 1 minute to a year; a day by default.</summary>
    public TimeSpan KeepResults { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How often whoever waits looks for changes that they were not told of. 10 ms to a minute; a second by default.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Refuses what is out of range.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>.</exception>
    public void Validate()
    {
        Require(nameof(KeepOriginals), KeepOriginals, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30));
        Require(nameof(KeepResults), KeepResults, TimeSpan.FromMinutes(1), TimeSpan.FromDays(366));
        Require(nameof(Poll), Poll, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
    }

    /// <summary>Refuses a time that is out of range.</summary>
    internal static void Require(string name, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"Expected {name} between {least} and {most}, but it is {value}.");
        }
    }
}
