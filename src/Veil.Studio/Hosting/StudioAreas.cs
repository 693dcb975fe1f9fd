using Veil.Studio.Choosing;
using Veil.Studio.Editing;
using Veil.Studio.Films;
using Veil.Studio.Languages;
using Veil.Studio.Live;
using Veil.Studio.Measuring;
using Veil.Studio.Projects;
using Veil.Studio.Starting;

namespace Veil.Studio.Hosting;

/// <summary>The parts of the studio. A new one adds a line.</summary>
internal static class StudioAreas
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<StudioArea> All { get; } =
    [
        LanguageArea.Area,
        ProjectsArea.Area,
        StartArea.Area,
        ShownPictures.Area,
        EditingArea.Area,
        FilmArea.Area,
        LiveArea.Area,
        MeasuringArea.Area,
    ];
}
