using Microsoft.JSInterop;
using Veil.Studio.Components.Shared;
using Veil.Studio.Languages;

namespace Veil.Studio.Components.Layout;

/// <summary>Light or dark, and the language; both are kept in cookies, which hold for every later start.</summary>
public sealed partial class PreferencesMenu : IAsyncDisposable
{
    private static readonly (string Value, string Key, string Icon)[] Themes = [("system", "ThemeSystem", "monitor"), ("light", "ThemeLight", "sun"), ("dark", "ThemeDark", "moon")];

    private IJSObjectReference? _module;
    private string _theme = "system";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_module is not null)
        {
            await _module.DisposeQuietlyAsync();
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _module = await Js.InvokeAsync<IJSObjectReference>("import", "/js/preferences.js");
            _theme = await _module.InvokeAsync<string>("theme");
            StateHasChanged();
        }
    }

    private async Task SetThemeAsync(string theme)
    {
        _theme = theme;
        await _module!.InvokeVoidAsync("setTheme", theme);
    }

    private async Task SetLanguageAsync(StudioLanguage language) => await _module!.InvokeVoidAsync("setLanguage", language.Code);
}
