using Veil.Identity;

namespace Veil.Pipeline;

/// <summary>Sums over the items of a run. Not thread-safe.</summary>
public sealed class RunCounts
{
    /// <summary>Items whose output is in place.</summary>
    public int Done { get; private set; }

    /// <summary>Those of <see cref="Done"/> that are moving pictures.</summary>
    public int Films { get; private set; }

    /// <summary>Frames of <see cref="Films"/>.</summary>
    public long FilmFrames { get; private set; }

    /// <summary>Items that were copied as they are; not among <see cref="Done"/>.</summary>
    public int Copied { get; private set; }

    /// <summary>Items that an earlier run with the same options had finished.</summary>
    public int AlreadyDone { get; private set; }

    /// <summary>Items that failed; nothing was written for them.</summary>
    public int Failed { get; private set; }

    /// <summary>Files that are no pictures.</summary>
    public int NotMedia { get; private set; }

    /// <summary>Regions found.</summary>
    public int Regions { get; private set; }

    /// <summary>Items in which nothing was found: worth a look by a person.</summary>
    public int WithoutRegions { get; private set; }

    /// <summary>How faces were judged; zeros where people were not told apart.</summary>
    public PersonCounts People { get; private set; }

    /// <summary>Items that ended, however.</summary>
    public int Total => Done + Copied + AlreadyDone + Failed + NotMedia;

    /// <summary>Counts one.</summary>
    public void Add(ItemResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        switch (result.Status)
        {
            case ItemStatus.Done when result.Item.Treatment != ItemTreatment.Anonymize:
                Copied++;
                break;
            case ItemStatus.Done:
                Done++;
                if (result.Info is { IsMoving: true })
                {
                    Films++;
                    FilmFrames += result.Tally.Frames;
                }

                Regions += result.RegionCount;
                WithoutRegions += result.RegionCount == 0 && result.People is not { Clear: > 0 } ? 1 : 0;
                People += result.People.GetValueOrDefault();
                break;
            case ItemStatus.AlreadyDone:
                AlreadyDone++;
                break;
            case ItemStatus.Failed:
                Failed++;
                break;
            case ItemStatus.NotMedia:
                NotMedia++;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(result), result.Status, "Expected a known status.");
        }
    }
}
