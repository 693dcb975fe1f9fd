using System.Threading.Channels;

namespace Veil.Video.Ffmpeg;

/// <summary>
/// Tells from ffmpeg's log which decoded frames may be damaged. Decoders conceal what they cannot decode, and frames that
/// build on such a one inherit it; no container of raw frames says so, but the log does, in the order of events: what goes
/// wrong with a frame is said before the <c>showinfo</c> filter names it. Decoders work on several frames at a time, so
/// that a complaint may be about any of the next few: those are suspected, and all that follow up to a key frame, which
/// builds on nothing. Thread-safe.
/// </summary>
internal sealed class DecoderLog
{
    /// <summary>Arguments that make ffmpeg write such a log; to be followed by a filter chain that ends with <see cref="Filter"/>.</summary>
    public static readonly IReadOnlyList<string> Arguments = ["-hide_banner", "-nostats", "-v", "level+info"];

    /// <summary>The filter that names each frame.</summary>
    public const string Filter = "showinfo=checksum=0";

    // Frames in a decoder and behind it: up to 16 threads, 16 frames that wait for their turn, queues of newer versions.
    private const int InFlight = 48;

    private readonly Channel<bool> _frames = Channel.CreateUnbounded<bool>();
    private readonly Lock _gate = new();
    private bool _suspecting;
    private int _sure;
    private bool _complained;
    private volatile bool _hasCaptions;

    /// <summary>True when anything at all went wrong.</summary>
    public bool Complained
    {
        get
        {
            lock (_gate)
            {
                return _complained;
            }
        }
    }

    /// <summary>True when a frame came with closed captions.</summary>
    public bool HasCaptions => _hasCaptions;

    /// <summary>Takes a line of the log.</summary>
    /// <returns>What is worth showing to a person, or null.</returns>
    public string? Hear(string line)
    {
        if (line.Contains("[info]", StringComparison.Ordinal))
        {
            var text = line[(line.IndexOf("[info]", StringComparison.Ordinal) + "[info]".Length)..].TrimStart();
            if (line.StartsWith("[Parsed_showinfo", StringComparison.Ordinal))
            {
                if (text.StartsWith("n:", StringComparison.Ordinal) && text.Contains(" pts:", StringComparison.Ordinal))
                {
                    Name(text.Contains(" iskey:1 ", StringComparison.Ordinal) && text.Contains(" type:I", StringComparison.Ordinal));
                }
                else if (text.StartsWith("side data", StringComparison.Ordinal) && text.Contains("closed captions", StringComparison.OrdinalIgnoreCase))
                {
                    _hasCaptions = true;
                }
            }
            else if (text.StartsWith("concealing", StringComparison.Ordinal))
            {
                Suspect();
            }

            return null;
        }

        if (line.Contains("[warning]", StringComparison.Ordinal))
        {
            if (line.Contains("corrupt", StringComparison.OrdinalIgnoreCase))
            {
                Suspect();
            }

            return null;
        }

        // Not a complaint: a line that goes on without a level, a table of a header.
        var level = line.IndexOf("[error]", StringComparison.Ordinal) is >= 0 and var error ? error + "[error]".Length
            : line.IndexOf("[fatal]", StringComparison.Ordinal) is >= 0 and var fatal ? fatal + "[fatal]".Length
            : line.IndexOf("[panic]", StringComparison.Ordinal) is >= 0 and var panic ? panic + "[panic]".Length : -1;
        if (level < 0)
        {
            return null;
        }

        Suspect();
        return line[level..].Trim();
    }

    /// <summary>Whether the next frame, in the order in which they come, may be damaged. Waits until the log names it.</summary>
    /// <param name="ended">Completes when the log has ended.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public bool IsNextDamaged(Task ended, CancellationToken cancellationToken)
    {
        Task.WhenAny(_frames.Reader.WaitToReadAsync(cancellationToken).AsTask(), ended).Wait(cancellationToken);

        // Of a frame that nobody named nothing is known.
        return !_frames.Reader.TryRead(out var damaged) || damaged;
    }

    private void Suspect()
    {
        lock (_gate)
        {
            (_suspecting, _sure, _complained) = (true, 0, true);
        }
    }

    private void Name(bool startsAnew)
    {
        lock (_gate)
        {
            _suspecting = _suspecting && !(startsAnew && _sure >= InFlight);
            _sure++;
            _frames.Writer.TryWrite(_suspecting);
        }
    }
}
