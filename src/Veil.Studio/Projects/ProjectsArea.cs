using Microsoft.Extensions.DependencyInjection;
using Veil.Studio.Hosting;
using Veil.Studio.Projects.People;

namespace Veil.Studio.Projects;

/// <summary>The projects with everything that works on them.</summary>
internal static class ProjectsArea
{
    /// <summary>The area.</summary>
    public static StudioArea Area { get; } = new(
        static (services, _) => services
            .AddSingleton<IProjects, ProjectStore>()
            .AddSingleton<RegionFiles>()
            .AddSingleton<Anonymizers>()
            .AddSingleton<ItemViews>()
            .AddSingleton<IItemViews>(static provider => provider.GetRequiredService<ItemViews>())
            .AddSingleton<FaceMemory>()
            .AddSingleton<PeopleGroups>()
            .AddSingleton<ProjectRuns>()
            .AddHostedService(static provider => provider.GetRequiredService<ProjectRuns>()),
        static routes =>
        {
            // Opened now, so that who starts a second studio is told at once.
            _ = routes.ServiceProvider.GetRequiredService<IProjects>();
            ProjectMedia.Map(routes);
            ExportMedia.Map(routes);
        });
}
