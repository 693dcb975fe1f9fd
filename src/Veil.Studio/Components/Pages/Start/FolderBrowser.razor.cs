using Microsoft.AspNetCore.Components;
using Veil.Studio.Starting;

namespace Veil.Studio.Components.Pages.Start;

/// <summary>Walks through the folders of this machine: buttons all along, so that the keyboard does.</summary>
public sealed partial class FolderBrowser
{
    private LocalFolder _shown = null!;
    private ElementReference _list;
    private bool _moved;

    /// <summary>The folder that is open.</summary>
    [Parameter, EditorRequired]
    public string Folder { get; set; } = "";

    /// <summary>Told when another is opened.</summary>
    [Parameter]
    public EventCallback<string> FolderChanged { get; set; }

    /// <summary>What is looked for.</summary>
    [Parameter]
    public BrowsedFor For { get; set; }

    /// <summary>Told when a file is chosen, where files are looked for, too.</summary>
    [Parameter]
    public EventCallback<string> FileChosen { get; set; }

    private IEnumerable<(string Path, string Name)> Crumbs
    {
        get
        {
            var crumbs = new List<(string, string)>();
            for (var path = _shown.Path; path is not null; path = Path.GetDirectoryName(path))
            {
                crumbs.Add((path, LocalFolder.NameOf(path)));
            }

            crumbs.Reverse();
            return crumbs;
        }
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => _shown = LocalFolder.Read(Folder);

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_moved)
        {
            // The button that was pressed is gone: whoever uses the keyboard goes on at the list.
            _moved = false;
            await _list.FocusAsync();
        }
    }

    private async Task OpenAsync(string folder)
    {
        (_shown, _moved) = (LocalFolder.Read(folder), true);
        await FolderChanged.InvokeAsync(folder);
    }
}
