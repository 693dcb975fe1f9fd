using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization.Synthesis;

/// <summary>
/// One way to put somebody who does not exist in the place of somebody who does. Thread-safe, unless it was made for a film
/// (<see cref="ForFilm"/>).
/// </summary>
internal interface IPersonSynthesis
{
    /// <summary>The pixels that are read for a region; may reach over the picture's border.</summary>
    PixelRect Reads(Region region, RegionMask mask);

    /// <summary>The pixels that are read for several regions of one picture: more than for each alone where some are seen together.</summary>
    IEnumerable<PixelRect> ReadsFor(IReadOnlyList<CoveredRegion> covered) => covered.Select(one => Reads(one.Region, one.Mask));

    /// <summary>
    /// Draws every pixel of every canvas's target. Of pixels that are covered nothing is shown; colours, light and pose may be
    /// taken from them as far as the method's description says.
    /// </summary>
    /// <param name="scene">The picture and all that is covered in it.</param>
    /// <param name="canvases">Those of the scene's regions that are to be drawn this way, in the scene's order.</param>
    void Draw(CoveredScene scene, IReadOnlyList<RegionCanvas> canvases);

    /// <summary>The same with a memory for one film, whose frames are given in order: who has a track keeps a look, and nothing flickers.</summary>
    IPersonSynthesis ForFilm();
}
