using Veil.Pipeline;

namespace Veil.Imaging;

/// <summary>The frames of a decoded picture for the pipeline. Owns the picture: keep it until the sink has completed.</summary>
/// <param name="picture">The picture; disposed together with the source.</param>
/// <param name="remarks">What is to be said besides the picture's own notes; null for nothing.</param>
public sealed class PictureSource(Picture picture, IReadOnlyList<string>? remarks = null) : IFrameSource
{
    private int _next;
    private TimeSpan _time;

    /// <summary>The picture; its frames leave it one by one.</summary>
    public Picture Picture { get; } = picture;

    /// <summary>The modification time that the output is to bear, UTC; null for the present.</summary>
    internal DateTime? Modified { get; init; }

    /// <inheritdoc/>
    public MediaInfo Info => remarks is null ? Picture.Info : Picture.Info with { Notes = [.. Picture.Info.Notes, .. remarks] };

    /// <inheritdoc/>
    public Frame? Read(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var traits = Picture.Traits;
        if (_next == traits.Frames)
        {
            return null;
        }

        var frame = new Frame(Picture.TakeFrame(_next), _next, _time);
        if (_next < traits.Delays.Length)
        {
            _time += TimeSpan.FromMilliseconds(traits.Delays[_next]);
        }

        _next++;
        return frame;
    }

    /// <inheritdoc/>
    public void Dispose() => Picture.Dispose();
}
