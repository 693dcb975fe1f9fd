using Microsoft.JSInterop;

namespace Veil.Studio.Components.Shared;

/// <summary>Ending objects of the browser's side.</summary>
internal static class JsObjects
{
    /// <summary>Tells an object to end what it does in the browser, and lets go of it.</summary>
    /// <param name="reference">The object.</param>
    public static async ValueTask EndQuietlyAsync(this IJSObjectReference reference)
    {
        try
        {
            await reference.InvokeVoidAsync("dispose");
        }
        catch (Exception error) when (error is JSDisconnectedException or OperationCanceledException)
        {
            // The window is gone, or goes without an answer, and all that was in it.
        }

        await reference.DisposeQuietlyAsync();
    }

    /// <summary>Lets go of an object. When the window is gone already, so is the object.</summary>
    public static async ValueTask DisposeQuietlyAsync(this IJSObjectReference reference)
    {
        try
        {
            await reference.DisposeAsync();
        }
        catch (Exception error) when (error is JSDisconnectedException or OperationCanceledException)
        {
            // Likewise.
        }
    }
}
