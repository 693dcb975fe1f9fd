using Microsoft.Extensions.DependencyInjection;
using Veil.Studio.Hosting;
using Veil.Studio.Projects;

namespace Veil.Studio.Editing;

/// <summary>What editing regions needs.</summary>
internal static class EditingArea
{
    /// <summary>The area.</summary>
    public static StudioArea Area { get; } = new((services, _) => services.AddSingleton(provider =>
        new EditSessions(provider.GetRequiredService<IProjects>(), provider.GetRequiredService<IItemViews>(), TimeProvider.System)));
}
