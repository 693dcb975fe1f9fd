using Veil.Imaging;
using Veil.Regions;

namespace Veil.Identity;

/// <summary>
/// Chooses by person which regions of a frame stay covered. Whatever is not sure is covered: a face is left clear only when
/// it can be seen well and its verdict is the one that the rule asks for, a head or body only when it surely is of such a face
/// (<see cref="Belongings"/>), and nothing else ever. The verdict depends on the face and the list
/// alone, never on other pictures. Thread-safe.
/// </summary>
/// <param name="rule">Whom to hide.</param>
/// <param name="gallery">The listed people.</param>
/// <param name="policy">What counts as sure.</param>
/// <param name="reader">Reads embeddings.</param>
public sealed class PersonChooser(PersonRule rule, PersonGallery gallery, PersonPolicy policy, FaceReader reader)
{
    /// <summary>
    /// Two regions that share so much of the smaller one may be one face found twice; the doubt decides for both.
    /// </summary>
    public const float StrongOverlap = 0.4f;

    /// <summary>Chooses among the regions of a frame.</summary>
    /// <param name="frame">The frame, before anything is covered; only read.</param>
    /// <param name="regions">What was found in it.</param>
    /// <param name="cancellationToken">Stops between faces.</param>
    /// <exception cref="Errors.VeilException">Pixels cannot be decoded, or the network fails: nothing may be written then.</exception>
    public PersonChoice Choose(Frame frame, IReadOnlyList<Region> regions, CancellationToken cancellationToken)
    {
        return Choose(Read(frame, regions, cancellationToken));
    }

    /// <summary>Chooses among the regions of a frame whose faces were read.</summary>
    /// <param name="regions">What was found in it, see <see cref="Read"/>.</param>
    public PersonChoice Choose(IReadOnlyList<ReadRegion> regions) => Decide(Judge(regions));

    /// <summary>Reads the faces of a frame, as far as somebody can be told by them.</summary>
    /// <param name="frame">The frame, before anything is covered; only read.</param>
    /// <param name="regions">What was found in it.</param>
    /// <param name="cancellationToken">Stops between faces.</param>
    /// <exception cref="Errors.VeilException">Pixels cannot be decoded, or the network fails: nothing may be written then.</exception>
    public IReadOnlyList<ReadRegion> Read(Frame frame, IReadOnlyList<Region> regions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(regions);
        var read = new List<ReadRegion>(regions.Count);
        foreach (var region in regions)
        {
            cancellationToken.ThrowIfCancellationRequested();

            // Where a region was only carried from another frame, nobody knows what the pixels show; nor in a frame that is made up.
            var isSeen = !frame.IsDamaged && region.Origin.Source != RegionSource.Track;
            read.Add(new ReadRegion(region, isSeen ? reader.Read(frame, region).Embedding : null));
        }

        return read;
    }

    /// <summary>Judges the regions of a frame, each for itself.</summary>
    internal List<JudgedRegion> Judge(IReadOnlyList<ReadRegion> regions)
    {
        ArgumentNullException.ThrowIfNull(regions);
        return [.. regions.Select(Judge)];
    }

    /// <summary>Hides what may be one with something hidden, leaves clear what belongs to somebody clear, and sums up.</summary>
    /// <param name="judged">The regions of a frame; changed.</param>
    internal static PersonChoice Decide(List<JudgedRegion> judged)
    {
        HideDoubles(judged);
        Belongings.Decide(judged);
        var faces = judged.Where(one => one.Region.Kind == RegionKind.Face).ToList();
        return new PersonChoice(
            [.. judged.Where(one => !one.Clear).Select(one => one.Region)],
            new PersonCounts(Count(PersonVerdict.Listed), Count(PersonVerdict.Stranger), Count(PersonVerdict.Undecided), faces.Count(one => one.Clear)))
        {
            Clear = [.. judged.Where(one => one.Clear).Select(one => one.Region)],
        };

        int Count(PersonVerdict verdict) => faces.Count(one => one.Verdict == verdict);
    }

    private JudgedRegion Judge(ReadRegion read)
    {
        // A number that came with stored regions says who somebody was in another list.
        var region = read.Region;
        var anonymous = region with { Person = null };
        if (read.Face is not { } face || region.Origin.Source == RegionSource.Track)
        {
            return new JudgedRegion(anonymous, PersonVerdict.Undecided, Clear: false);
        }

        var match = gallery.Nearest(face);
        var verdict = policy.Judge(match.Similarity);
        var wanted = rule switch
        {
            PersonRule.Only => PersonVerdict.Stranger,
            PersonRule.Except => PersonVerdict.Listed,
            _ => throw new InvalidOperationException($"Expected a known rule, but received {rule}."),
        };
        return new JudgedRegion(verdict == PersonVerdict.Listed ? region with { Person = match.Person } : anonymous, verdict, verdict == wanted);
    }

    // Until nothing changes, since what is hidden casts its doubt further: the outcome does not depend on the order.
    private static void HideDoubles(List<JudgedRegion> judged)
    {
        for (var changed = true; changed;)
        {
            changed = false;
            for (var i = 0; i < judged.Count; i++)
            {
                if (judged[i].Clear && judged.Exists(other => !other.Clear && other.Region.Kind == RegionKind.Face && MayBeOne(judged[i].Region.Box, other.Region.Box)))
                {
                    judged[i] = judged[i] with { Clear = false };
                    changed = true;
                }
            }
        }
    }

    private static bool MayBeOne(Box a, Box b) => a.Intersect(b).Area > StrongOverlap * Math.Min(a.Area, b.Area);
}
