namespace Veil.Identity;

/// <summary>
/// Chooses by person in a film, where frames of one track speak for each other. A face is left clear in a frame only when,
/// among the frames of its track within reach on both sides,
/// <list type="bullet">
/// <item>at least <see cref="FewestSure"/> were judged as the rule asks,</item>
/// <item>none was judged the other way: whoever is hidden once is hidden in all of them, and</item>
/// <item>where the frame itself is undecided, one of the sure frames lies before it and one after.</item>
/// </list>
/// So a track that changes hands unnoticed, or somebody who turns away, is covered. Keeps verdicts alone, neither pixels nor
/// embeddings. Not thread-safe.
/// </summary>
/// <param name="people">Judges faces.</param>
public sealed class FilmVerdicts(PersonChooser people)
{
    /// <summary>So many frames have to agree.</summary>
    public const int FewestSure = 3;

    private readonly List<List<JudgedRegion>> _frames = [];

    /// <summary>Frames that are known.</summary>
    public int Count => _frames.Count;

    /// <summary>Adds the next frame.</summary>
    /// <param name="regions">Its regions, with tracks, and what was read of them.</param>
    public void Add(IReadOnlyList<ReadRegion> regions) => _frames.Add(people.Judge(regions));

    /// <summary>Forgets the first frame.</summary>
    public void RemoveFirst() => _frames.RemoveAt(0);

    /// <summary>What is left to hide in a frame, and what stays clear.</summary>
    /// <param name="at">The frame, counted among those that are known.</param>
    /// <param name="reach">How many frames on each side speak for it.</param>
    public PersonChoice Decide(int at, int reach) => PersonChooser.Decide([.. _frames[at].Select(region => Decide(at, reach, region))]);

    private JudgedRegion Decide(int at, int reach, JudgedRegion region)
    {
        if (region.Region.Track is not { } track)
        {
            return region;
        }

        var (sureBefore, sureAfter) = (0, 0);
        JudgedRegion? contrary = null;
        for (var i = Math.Max(0, at - reach); i <= Math.Min(_frames.Count - 1, at + reach); i++)
        {
            foreach (var other in _frames[i].Where(other => other.Region.Track == track))
            {
                contrary ??= other.IsContrary ? other : null;
                sureBefore += other.Clear && i <= at ? 1 : 0;
                sureAfter += other.Clear && i >= at ? 1 : 0;
            }
        }

        if (contrary is { } hidden)
        {
            return region with { Region = region.Region with { Person = hidden.Region.Person }, Clear = false };
        }

        var sure = sureBefore + sureAfter - (region.Clear ? 1 : 0);
        return region with { Clear = sure >= FewestSure && sureBefore > 0 && sureAfter > 0 };
    }
}
