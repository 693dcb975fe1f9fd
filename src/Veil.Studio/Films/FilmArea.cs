using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Veil.Studio.Films.Previews;
using Veil.Studio.Hosting;
using Veil.Studio.Projects;

namespace Veil.Studio.Films;

/// <summary>Films in pieces for the browser's player.</summary>
internal static class FilmArea
{
    /// <summary>The area.</summary>
    public static StudioArea Area { get; } = new(MapEndpoints: endpoints => endpoints.MapGet("/media/projects/{project}/items/{item}/film/{piece}", Answer));

    /// <summary>Where an item's pieces are kept.</summary>
    public static PieceFiles FilesOf(IProjects projects, string project, string item) => new(projects.FolderOf(project, "films"), item);

    private static IResult Answer(IProjects projects, string project, string item, string piece) =>
        projects.Find(project)?.Find(item) is { Kind: ItemKind.Film } film && FilesOf(projects, project, film.Id).Find(piece) is { } file
            ? Results.File(file, "video/mp4")
            : Results.NotFound();
}
