using Veil.Errors;
using Veil.Studio.Projects;
using Veil.Studio.Starting;

namespace Veil.Studio.Components.Pages.Run;

/// <summary>Where results go, and whether they are checked first.</summary>
public sealed partial class ExportCard
{
    private Shared.ModalDialog _dialog = null!;
    private bool _zip;
    private VerifyOutput _verify = VerifyOutput.Off;
    private string _folder = "";
    private string _parent = LocalFolder.Home;
    private string _name = "";
    private VeilException? _error;

    private int Count => Project.Items.Count(item => item.IsExportable(_verify));

    private string Chosen => _name.Trim().Length == 0 ? _parent : Path.Combine(_parent, ItemNames.Safe(_name));

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _name = T.Format("FolderName", ItemNames.Safe(Project.Name.Replace(": ", " – ", StringComparison.Ordinal).Replace(':', '.')).Replace('/', '-'));
        // Beside the originals where they lie in a folder of the user's, never in it.
        var originals = Project.Items.Select(item => Path.GetDirectoryName(item.Path)).FirstOrDefault();
        var above = originals is null ? null : Path.GetDirectoryName(originals);
        var uploaded = originals is not null && Path.GetFileName(originals) == "uploads";
        _parent = above is null || uploaded || !Directory.Exists(above) ? LocalFolder.Home : above;
        _folder = Project.ExportFolders.Count > 0 && Path.GetFileName(Project.ExportFolders[^1]) != ExportFolder.OfZip ? Project.ExportFolders[^1] : Chosen;
    }

    private async Task UseAsync()
    {
        _folder = Chosen;
        await _dialog.CloseAsync();
    }

    private void Export()
    {
        try
        {
            _error = null;
            Runs.StartExport(Project.Id, new ExportTarget(_zip ? null : _folder.Trim(), _verify));
        }
        catch (VeilException error)
        {
            _error = error;
        }
    }
}
