using Microsoft.Extensions.DependencyInjection;
using Veil.Studio.Hosting;

namespace Veil.Studio.Languages;

/// <summary>What texts need.</summary>
internal static class LanguageArea
{
    /// <summary>The area.</summary>
    public static StudioArea Area { get; } = new((services, _) => services.AddScoped<CurrentLanguage>().AddTransient(typeof(Texts<>)).AddTransient<EngineWords>());
}
