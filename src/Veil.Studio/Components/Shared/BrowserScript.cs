using Microsoft.JSInterop;

namespace Veil.Studio.Components.Shared;

/// <summary>Functions of a script in the browser, which is fetched when the first of them is called; whoever calls while it is on its way waits for it.</summary>
/// <param name="js">The browser.</param>
/// <param name="address">The script, from the root.</param>
internal sealed class BrowserScript(IJSRuntime js, string address) : IDisposable
{
    private Task<IJSObjectReference>? _module;

    /// <summary>Calls a function.</summary>
    public async ValueTask TellAsync(string function, params object?[] arguments) => await (await ModuleAsync()).InvokeVoidAsync(function, arguments);

    /// <summary>Calls a function that answers.</summary>
    public async ValueTask<T> AskAsync<T>(string function, params object?[] arguments) => await (await ModuleAsync()).InvokeAsync<T>(function, arguments);

    /// <summary>Lets go of the script; nobody waits for it.</summary>
    public void Dispose() => _ = EndAsync();

    private async Task EndAsync()
    {
        if (_module is null)
        {
            return;
        }

        // Where it failed, whoever called was told.
        await ((Task)_module).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        if (_module.IsCompletedSuccessfully)
        {
            await (await _module).DisposeQuietlyAsync();
        }
    }

    private Task<IJSObjectReference> ModuleAsync() => _module ??= js.InvokeAsync<IJSObjectReference>("import", address).AsTask();
}
