namespace Veil.Studio.Api.Uploads;

/// <summary>A part's body that says in our words when it is broken.</summary>
/// <param name="inner">Belongs to the form.</param>
internal sealed class GuardedStream(Stream inner) : ReadOnlyBody
{
    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await BodyReader.GuardedAsync(() => inner.ReadAsync(buffer, cancellationToken).AsTask());
}
