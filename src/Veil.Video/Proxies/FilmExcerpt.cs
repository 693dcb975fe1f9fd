using Veil.Errors;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Video.Files;

namespace Veil.Video.Proxies;

/// <summary>
/// Some frames in a row of a film, reduced to a proxy's size and to 8 bits. It begins a little before and leaves out frames until the time
/// is right, so that no container's idea of seeking matters; where it is not, the film is read from its start. Not thread-safe.
/// </summary>
internal sealed class FilmExcerpt : IFrameSource
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Exact = TimeSpan.FromMilliseconds(0.1);

    private readonly VideoSource _source;
    private readonly int _count;
    private Frame? _next;
    private int _read;
    private bool _isDisposed;

    private FilmExcerpt(VideoSource source, Frame first, int count) => (_source, _next, _count) = (source, first, count);

    /// <inheritdoc/>
    public MediaInfo Info => _source.Info;

    /// <summary>Opens an excerpt, whose frames count from 0.</summary>
    /// <param name="path">The film.</param>
    /// <param name="size">Of its frames.</param>
    /// <param name="times">When each of the film's frames is shown, from the first.</param>
    /// <param name="first">The first frame.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Abandons it.</param>
    /// <exception cref="VeilException">It cannot be decoded, or ends before.</exception>
    public static FilmExcerpt Open(string path, ProxySize size, IReadOnlyList<TimeSpan> times, int first, int count, CancellationToken cancellationToken)
    {
        var probe = Plain(VideoProbe.Read(path, cancellationToken));
        if (times[first] > Margin * 2)
        {
            var wanted = Start(probe, size, cancellationToken) + times[first];
            var options = new VideoOptions { Start = wanted - Margin - probe.Start };
            if (options.Start > TimeSpan.Zero && Begin(new VideoSource(probe, null, options, new ProxyReading(size.Filter) { From = wanted - Exact }), count, cancellationToken) is { } excerpt)
            {
                if ((At(excerpt._source, excerpt._next!) - wanted).Duration() <= Exact)
                {
                    return excerpt;
                }

                excerpt.Dispose();
            }
        }

        return Begin(new VideoSource(probe, null, new VideoOptions(), new ProxyReading(size.Filter) { Skip = first }), count, cancellationToken) ?? throw Ended(first);
    }

    /// <inheritdoc/>
    public Frame? Read(CancellationToken cancellationToken)
    {
        if (_read == _count)
        {
            return null;
        }

        var frame = _next ?? _source.Read(cancellationToken) ?? throw Ended(_read);
        _next = null;
        _read++;
        return frame;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _next?.Dispose();
            _source.Dispose();
        }
    }

    // Told that the film is 8 bits in plain planes, the source makes ffmpeg convert it.
    private static VideoProbe Plain(VideoProbe probe) => probe with
    {
        Streams = [.. probe.Streams.Select(stream => stream == probe.Video ? stream with { PixelFormat = "yuv420p", Colour = stream.Colour with { Range = "tv" } } : stream)],
    };

    private static TimeSpan At(VideoSource source, Frame frame) => source.Header.TimeBase.Time(((Planar.PlanarFrame)frame).Pts);

    private static TimeSpan Start(VideoProbe probe, ProxySize size, CancellationToken cancellationToken)
    {
        using var source = new VideoSource(probe, null, new VideoOptions(), new ProxyReading(size.Filter));
        using var frame = source.Read(cancellationToken) ?? throw Ended(0);
        return At(source, frame);
    }

    private static FilmExcerpt? Begin(VideoSource source, int count, CancellationToken cancellationToken)
    {
        try
        {
            if (source.Read(cancellationToken) is { } frame)
            {
                return new FilmExcerpt(source, frame, count);
            }
        }
        catch
        {
            source.Dispose();
            throw;
        }

        source.Dispose();
        return null;
    }

    private static VeilException Ended(int frame) => new(VeilErrorCode.CorruptInput, $"Expected a frame {frame}, but the film ended before.", "If it was changed, add it to a new project.");
}
