using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization;

/// <summary>
/// Background in the place of regions. Those that lie near each other are filled together, in one part of the picture, so that none serves
/// another as surroundings; nothing that any region of the scene covers, soft edges included, is looked at.
/// </summary>
internal static class SceneFill
{
    /// <summary>A network sees at least so many pixels around a region, or its longer side if that is more.</summary>
    private const int NetworkReach = 512;

    /// <summary>What a network that fills holes reads for a region; may reach over the picture's border.</summary>
    public static PixelRect NetworkReads(RegionMask mask) => mask.Bounds.Inflate(Math.Max(NetworkReach, Math.Max(mask.Bounds.Width, mask.Bounds.Height)));

    /// <summary>Groups whose surroundings overlap, each with the area that holds all of its.</summary>
    /// <param name="areas">What is read for each region; the same order counts the members.</param>
    public static List<(PixelRect Area, List<int> Members)> Together(IEnumerable<PixelRect> areas)
    {
        var groups = new List<(PixelRect Area, List<int> Members)>();
        foreach (var (own, i) in areas.Select((area, i) => (area, i)))
        {
            var (area, members) = (own, new List<int> { i });
            for (int near; (near = groups.FindIndex(group => !group.Area.Intersect(area).IsEmpty)) >= 0; groups.RemoveAt(near))
            {
                var other = groups[near];
                (area, members) = (area.Union(other.Area), [.. other.Members, .. members]);
            }

            groups.Add((area, members));
        }

        return groups;
    }

    /// <summary>Part of a picture in which everything that is covered has given way to background.</summary>
    /// <param name="scene">The picture.</param>
    /// <param name="area">Inside it, not empty.</param>
    /// <param name="inpaint">Fills.</param>
    /// <returns>As large as the area; owned by the caller.</returns>
    public static PixelBuffer Fill(CoveredScene scene, PixelRect area, Inpainter inpaint)
    {
        var picture = scene.Original.View(area).Clone();
        try
        {
            inpaint(picture, scene.CoverageIn(area).Offset(-area.Left, -area.Top));
            return picture;
        }
        catch
        {
            picture.Dispose();
            throw;
        }
    }
}
