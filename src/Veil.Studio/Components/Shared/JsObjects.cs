using Microsoft.JSInterop;

namespace Veil.Studio.Components.Shared;

/// <summary>Ending objects of the browser's side.</summary>
internal static class JsObjects
{
    /// <summary>Lets go of an object. When the window is gone already, so is the object.</summary>
    public static async ValueTask DisposeQuietlyAsync(this IJSObjectReference reference)
    {
        try
        {
            await reference.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // Closing a window ends its components after its connection.
        }
    }
}
