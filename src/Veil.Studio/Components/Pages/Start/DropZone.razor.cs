using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Veil.Studio.Components.Shared;
using Veil.Studio.Starting;

namespace Veil.Studio.Components.Pages.Start;

/// <summary>Takes files and folders that are dropped anywhere on the page, or picked, and makes a project of them.</summary>
public sealed partial class DropZone
{
    private readonly List<Refusal> _refused = [];
    private ElementReference _zone;
    private ElementReference _files;
    private ElementReference _folder;
    private BrowserPart<DropZone>? _browser;
    private Upload? _upload;
    private string? _problem;
    private string? _ready;

    private static string Accepted { get; } = string.Join(',', MediaNames.Extensions);

    /// <summary>Files are about to come.</summary>
    /// <param name="name">The folder they lie in; empty for files.</param>
    /// <param name="files">How many.</param>
    /// <param name="bytes">How many bytes in all.</param>
    /// <returns>Where to send them.</returns>
    [JSInvokable]
    public string Begin(string name, int files, long bytes)
    {
        var project = Projects.CreateEmpty(name.Length > 0 ? name : T.Format("ProjectOfFiles", DateTimeOffset.Now));
        (_upload, _problem, _ready) = (new Upload(project.Id, files, bytes), null, null);
        _refused.Clear();
        StateHasChanged();
        return StartArea.UploadsOf(project.Id);
    }

    /// <summary>How far it is.</summary>
    /// <param name="done">Files that ended.</param>
    /// <param name="sent">Bytes that were sent.</param>
    [JSInvokable]
    public void Report(int done, long sent)
    {
        _upload = _upload is null ? null : _upload with { Done = done, Sent = sent };
        StateHasChanged();
    }

    /// <summary>Everything was sent.</summary>
    /// <param name="refused">What was not taken, and why.</param>
    [JSInvokable]
    public async Task End(IReadOnlyList<Refusal> refused)
    {
        ArgumentNullException.ThrowIfNull(refused);
        if (_upload is not { } upload)
        {
            return;
        }

        _upload = null;
        var usable = Projects.Find(upload.Project)?.Items.Count ?? 0;
        if (usable == 0)
        {
            await Projects.DeleteAsync(upload.Project);
        }

        if (refused.Count == 0)
        {
            Navigation.NavigateTo($"/projects/{upload.Project}/choose");
            return;
        }

        _refused.AddRange(refused);
        _ready = usable > 0 ? $"/projects/{upload.Project}/choose" : null;
        StateHasChanged();
    }

    /// <summary>It broke off: by the user, or because a request failed.</summary>
    /// <param name="wanted">Whether the user wanted it.</param>
    [JSInvokable]
    public async Task BreakOff(bool wanted)
    {
        if (_upload is { } upload)
        {
            _upload = null;
            await Projects.DeleteAsync(upload.Project);
        }

        _problem = wanted ? null : T["UploadBroke"];
        StateHasChanged();
    }

    /// <summary>More was dropped while files are on their way.</summary>
    [JSInvokable]
    public void Busy()
    {
        _problem = T["WaitForFiles"];
        StateHasChanged();
    }

    /// <summary>What was dropped holds nothing that Veil works on.</summary>
    /// <param name="files">How many files it holds.</param>
    /// <param name="refused">Those that could not be read.</param>
    [JSInvokable]
    public void NothingUsable(int files, IReadOnlyList<Refusal> refused)
    {
        ArgumentNullException.ThrowIfNull(refused);
        _problem = files == 0 ? T["NothingDropped"] : T.Counted("NothingUsable", files, files);
        _ready = null;
        _refused.Clear();
        _refused.AddRange(refused);
        StateHasChanged();
    }

    /// <inheritdoc/>
    public void Dispose() => _browser?.Dispose();

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _browser = new BrowserPart<DropZone>(Js, this, "/js/upload.js");
            await _browser.OpenAsync("watch", _zone, _files, _folder, _browser.Owner, MediaNames.Extensions);
            StateHasChanged();
        }
    }

    private async Task PickFilesAsync() => await _browser!.TellAsync("pickFiles");

    private async Task PickFolderAsync() => await _browser!.TellAsync("pickFolder");

    private async Task CancelAsync() => await _browser!.TellAsync("cancel");

    private string Megabytes(long bytes) => (bytes / 1e6).ToString(bytes < 1e7 ? "N1" : "N0", T.Language.Culture);

    /// <summary>Why a file was not taken.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Code">Of the error.</param>
    /// <param name="Message">Why.</param>
    /// <param name="Hint">What to do.</param>
    public sealed record Refusal(string Name, string Code, string Message, string Hint);

    /// <summary>Files on their way.</summary>
    private sealed record Upload(string Project, int Total, long Bytes)
    {
        public int Done { get; init; }

        public long Sent { get; init; }

        public double Share => Bytes == 0 ? (double)Done / Total : Math.Min(1, (double)Sent / Bytes);
    }
}
