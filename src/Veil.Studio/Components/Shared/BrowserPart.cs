using Microsoft.JSInterop;

namespace Veil.Studio.Components.Shared;

/// <summary>
/// What a component does in the browser: an object that a script makes and that may call the component. It ends with the component, also where the
/// component goes while the object is still being made; until then the component can be called.
/// </summary>
/// <typeparam name="TOwner">The component.</typeparam>
/// <param name="js">The browser.</param>
/// <param name="owner">The component; its methods that are marked as such are called by the object.</param>
/// <param name="script">Address of the script, from the root.</param>
internal sealed class BrowserPart<TOwner>(IJSRuntime js, TOwner owner, string script) : IDisposable
    where TOwner : class
{
    private readonly DotNetObjectReference<TOwner> _owner = DotNetObjectReference.Create(owner);
    private Task _opening = Task.CompletedTask;
    private readonly BrowserScript _script = new(js, script);
    private IJSObjectReference? _part;

    /// <summary>Whether it can be told anything.</summary>
    public bool IsOpen => _part is not null;

    /// <summary>The component, as the script calls it.</summary>
    public DotNetObjectReference<TOwner> Owner => _owner;

    /// <summary>Makes the object, once.</summary>
    /// <param name="maker">The script's function that makes it.</param>
    /// <param name="arguments">For that function; <see cref="Owner"/> among them.</param>
    public Task OpenAsync(string maker, params object?[] arguments) => _opening = MakeAsync(maker, arguments);

    /// <summary>Calls a function of the object.</summary>
    /// <exception cref="InvalidOperationException">It is not open yet.</exception>
    public ValueTask TellAsync(string function, params object?[] arguments) => Part.InvokeVoidAsync(function, arguments);

    /// <summary>Calls a function of the object that answers.</summary>
    /// <exception cref="InvalidOperationException">It is not open yet.</exception>
    public ValueTask<T> AskAsync<T>(string function, params object?[] arguments) => Part.InvokeAsync<T>(function, arguments);

    /// <summary>
    /// Ends the object by its function <c>dispose</c>. Nobody waits for that: where the window is closing, nothing answers any more, and what else the
    /// component has to end, such as keeping what was edited, must not wait for it.
    /// </summary>
    public void Dispose() => _ = EndAsync();

    private IJSObjectReference Part => _part ?? throw new InvalidOperationException($"Expected {script} to be open.");

    private async Task EndAsync()
    {
        // Where it failed, whoever opened it was told.
        await _opening.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        if (_part is { } part)
        {
            _part = null;
            await part.EndQuietlyAsync();
        }

        _script.Dispose();
        _owner.Dispose();
    }

    private async Task MakeAsync(string maker, object?[] arguments) => _part = await _script.AskAsync<IJSObjectReference>(maker, arguments);
}
