using Microsoft.AspNetCore.Components.Web;
using Veil.Studio.Languages;

namespace Veil.Studio.Components;

/// <summary>The page around the app: what a browser gets before the connection stands that everything else goes over.</summary>
public sealed partial class App
{
    // Nothing is drawn ahead: a page would ask its services twice, and there is no search engine to please.
    private static readonly InteractiveServerRenderMode Interactive = new(prerender: false);

    private StudioLanguage _language = StudioLanguage.English;
    private TextTable _texts = null!;
    private string _theme = "system";

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        var request = Http.HttpContext!.Request;
        _language = StudioLanguage.Of(request);
        _texts = new TextTable("Shell", _language);
        _theme = request.Cookies["veil-theme"] is "light" or "dark" ? request.Cookies["veil-theme"]! : "system";
    }
}
