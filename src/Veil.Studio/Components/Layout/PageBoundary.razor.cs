using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Logging;
using Veil.Errors;

namespace Veil.Studio.Components.Layout;

/// <summary>Catches what a page throws, says it in words, and offers to go on. The window stays alive.</summary>
public sealed partial class PageBoundary(ILogger<PageBoundary> log)
{
    /// <inheritdoc/>
    public void Dispose() => Navigation.LocationChanged -= OnMoved;

    /// <inheritdoc/>
    protected override void OnInitialized() => Navigation.LocationChanged += OnMoved;

    /// <inheritdoc/>
    protected override Task OnErrorAsync(Exception exception)
    {
        // What Veil expects to go wrong was said on the page; anything else is a mistake in the program, which needs its trace.
        if (exception is not VeilException)
        {
            LogUnexpected(log, exception);
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A page stopped.")]
    private static partial void LogUnexpected(ILogger log, Exception exception);

    private void OnMoved(object? sender, LocationChangedEventArgs moved) => Recover();
}
