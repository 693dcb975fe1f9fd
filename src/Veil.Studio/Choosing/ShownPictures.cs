using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Veil.Studio.Hosting;
using Veil.Studio.Projects;

namespace Veil.Studio.Choosing;

/// <summary>Pictures that a page shows just now, in memory alone, under addresses that nobody can guess. Thread-safe.</summary>
internal sealed class ShownPictures
{
    // A page may just have been told of a picture that was taken back meanwhile: it asks for it a moment later.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, EncodedPicture> _shown = new(StringComparer.Ordinal);

    /// <summary>The area.</summary>
    public static StudioArea Area { get; } = new(
        (services, _) => services.AddSingleton<ShownPictures>(),
        endpoints => endpoints.MapGet("/shown/{id}", (string id, ShownPictures pictures) =>
            pictures._shown.TryGetValue(id, out var picture) ? Results.Bytes(picture.Bytes, picture.ContentType) : Results.NotFound()));

    /// <summary>Shows a picture until it is taken back.</summary>
    public ShownPicture Show(EncodedPicture picture)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _shown[id] = picture;
        return new ShownPicture("/shown/" + id, async () =>
        {
            await Task.Delay(Grace);
            _shown.TryRemove(id, out _);
        });
    }
}

/// <summary>A picture at an address; disposing takes it back.</summary>
/// <param name="Address">From the root.</param>
/// <param name="TakeBack">Ends it, a moment later.</param>
internal sealed record ShownPicture(string Address, Func<Task> TakeBack) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => _ = TakeBack();
}
