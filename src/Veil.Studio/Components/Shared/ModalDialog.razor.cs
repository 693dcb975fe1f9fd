using Microsoft.AspNetCore.Components;

namespace Veil.Studio.Components.Shared;

/// <summary>A dialog that holds the focus until it is closed: by a button of its own, or by Escape.</summary>
public sealed partial class ModalDialog
{
    private readonly string _titleId = "dialog-" + Guid.NewGuid().ToString("N")[..8];
    private ElementReference _element;
    private BrowserScript? _script;
    private bool _open;

    /// <summary>What it is about.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>More classes for its look.</summary>
    [Parameter]
    public string Class { get; set; } = "";

    /// <summary>What it says; drawn while it is open.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>Its buttons.</summary>
    [Parameter]
    public RenderFragment? Actions { get; set; }

    /// <summary>Told when it closed, however.</summary>
    [Parameter]
    public EventCallback Closed { get; set; }

    /// <summary>Opens it.</summary>
    public async Task ShowAsync()
    {
        _open = true;
        StateHasChanged();
        _script ??= new BrowserScript(Js, "/js/dialog.js");
        await _script.TellAsync("show", _element);
    }

    /// <summary>Closes it.</summary>
    public async Task CloseAsync()
    {
        if (_script is not null)
        {
            await _script.TellAsync("close", _element);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _script?.Dispose();

    private async Task OnClosedAsync()
    {
        _open = false;
        await Closed.InvokeAsync();
    }
}
