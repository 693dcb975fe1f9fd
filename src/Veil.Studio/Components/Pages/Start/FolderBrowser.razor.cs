using Microsoft.AspNetCore.Components;
using Veil.Studio.Starting;

namespace Veil.Studio.Components.Pages.Start;

/// <summary>Walks through the folders of this machine: buttons all along, so that the keyboard does.</summary>
public sealed partial class FolderBrowser
{
    private LocalFolder _shown = null!;

    /// <summary>The folder that is open.</summary>
    [Parameter, EditorRequired]
    public string Folder { get; set; } = "";

    /// <summary>Told when another is opened.</summary>
    [Parameter]
    public EventCallback<string> FolderChanged { get; set; }

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

    private async Task OpenAsync(string folder)
    {
        _shown = LocalFolder.Read(folder);
        await FolderChanged.InvokeAsync(folder);
    }
}
