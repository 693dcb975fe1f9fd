using Veil.Imaging;
using Veil.Regions;

namespace Veil.Detection;

/// <summary>
/// Finds whole heads by asking for faces and for people: each face grows to the head it belongs to, and everybody without a
/// face of their own (seen from behind, turned away, too small) gets the part of their box where a head can be.
/// </summary>
/// <remarks>
/// One face stands for one person at most: in a crowd the face of whoever stands in front would speak for those behind,
/// too. Who is left over is covered from their own box, also where that covers a head twice.
/// </remarks>
/// <param name="faces">Finds faces; owned.</param>
/// <param name="bodies">Finds people; owned.</param>
public sealed class HeadDetector(IRegionDetector faces, IRegionDetector bodies) : IRegionDetector
{
    /// <summary>Score from which a face stands for its person: below, it may be a pattern on their clothes or behind them.</summary>
    private const float Sure = 0.6f;

    /// <summary>The description of a detector of heads.</summary>
    /// <param name="faces">Finds faces.</param>
    /// <param name="bodies">Finds people.</param>
    public static DetectorDescriptor Describe(DetectorDescriptor faces, DetectorDescriptor bodies)
    {
        ArgumentNullException.ThrowIfNull(faces);
        ArgumentNullException.ThrowIfNull(bodies);
        return new DetectorDescriptor(
            "heads", $"Whole heads: faces ({faces.Id}) with the hair around them, and the upper part of people ({bodies.Id}) whose face is not seen",
            [RegionKind.Head], [.. faces.Models.Concat(bodies.Models).Distinct()], Create)
        {
            Parts = [faces, bodies],
        };

        IRegionDetector Create(DetectorOptions options)
        {
            var first = faces.Create(options);
            try
            {
                return new HeadDetector(first, bodies.Create(options));
            }
            catch
            {
                first.Dispose();
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Region> Detect(PixelBuffer image, CancellationToken cancellationToken)
    {
        Region[] seen = [.. faces.Detect(image, cancellationToken).Where(region => region.Kind == RegionKind.Face)];
        cancellationToken.ThrowIfCancellationRequested();
        Region[] people = [.. bodies.Detect(image, cancellationToken).Where(region => region.Kind == RegionKind.Body)];
        var faceless = Faceless(people, [.. seen.Where(face => face.Score >= Sure)]);
        return
        [
            .. seen.Select(face => face with { Kind = RegionKind.Head, Box = HeadBox.OfFace(face.Box) })
                .Concat(faceless.Select(body => new Region(HeadBox.OfBody(body.Box), RegionKind.Head, body.Score, body.Origin)))
                .OrderByDescending(region => region.Score),
        ];
    }

    /// <inheritdoc/>
    public int Reduction(int width, int height) => Math.Min(faces.Reduction(width, height), bodies.Reduction(width, height));

    /// <inheritdoc/>
    public void Dispose()
    {
        faces.Dispose();
        bodies.Dispose();
    }

    /// <summary>People to whom no face can be given, when faces go to those whose heads they fit best.</summary>
    private static IEnumerable<Region> Faceless(Region[] people, Region[] seen)
    {
        var pairs = new List<(int Person, int Face, float Misfit)>();
        for (var person = 0; person < people.Length; person++)
        {
            for (var face = 0; face < seen.Length; face++)
            {
                if (HeadBox.Misfit(people[person].Box, seen[face].Box) is { } misfit)
                {
                    pairs.Add((person, face, misfit));
                }
            }
        }

        var (known, given) = (new HashSet<int>(), new HashSet<int>());
        foreach (var (person, face, _) in pairs.OrderBy(pair => pair.Misfit).ThenBy(pair => pair.Person).ThenBy(pair => pair.Face))
        {
            if (!known.Contains(person) && given.Add(face))
            {
                known.Add(person);
            }
        }

        return people.Where((_, person) => !known.Contains(person));
    }
}
