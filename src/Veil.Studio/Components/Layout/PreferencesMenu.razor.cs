using Veil.Studio.Components.Shared;
using Veil.Studio.Languages;

namespace Veil.Studio.Components.Layout;

/// <summary>Light or dark, and the language; both are kept in cookies, which hold for every later start.</summary>
public sealed partial class PreferencesMenu : IDisposable
{
    private static readonly (string Value, string Key, string Icon)[] Themes = [("system", "ThemeSystem", "monitor"), ("light", "ThemeLight", "sun"), ("dark", "ThemeDark", "moon")];

    private BrowserScript? _script;
    private string _theme = "system";

    private BrowserScript Script => _script ??= new BrowserScript(Js, "/js/preferences.js");

    /// <inheritdoc/>
    public void Dispose() => _script?.Dispose();

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _theme = await Script.AskAsync<string>("theme");
            StateHasChanged();
        }
    }

    private async Task SetThemeAsync(string theme)
    {
        _theme = theme;
        await Script.TellAsync("setTheme", theme);
    }

    private async Task SetLanguageAsync(StudioLanguage language) => await Script.TellAsync("setLanguage", language.Code);
}
