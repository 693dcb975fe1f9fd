using Veil.Errors;
using Veil.Studio.Demo;

namespace Veil.Studio.Components.Pages.Start;

/// <summary>A set of pictures to try Veil with, of people who do not exist.</summary>
public sealed partial class DemoWay
{
    private readonly CancellationTokenSource _gone = new();
    private bool _busy;
    private double _share;
    private VeilException? _error;

    /// <inheritdoc/>
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    private async Task MakeAsync()
    {
        (_busy, _share, _error) = (true, 0, null);
        try
        {
            var files = await DemoPictures.MakeAsync(new Progress<double>(ShowAsync), _gone.Token);
            var project = Projects.CreateEmpty(T["DemoName"]);
            foreach (var (name, file) in files)
            {
                using var content = new MemoryStream(file, writable: false);
                await Projects.AddAsync(project.Id, name, content, CancellationToken.None);
            }

            Navigation.NavigateTo($"/projects/{project.Id}/choose");
        }
        catch (VeilException error)
        {
            (_error, _busy) = (error, false);
        }
        catch (OperationCanceledException)
        {
            // The page was left; nothing was begun.
        }
    }

    private void ShowAsync(double share) => _ = InvokeAsync(() =>
    {
        _share = share;
        StateHasChanged();
    });
}
