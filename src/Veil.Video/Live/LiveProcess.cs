using Veil.Video.Ffmpeg;

namespace Veil.Video.Live;

/// <summary>An ffmpeg process that may be ended from any thread, any number of times.</summary>
internal sealed class LiveProcess : IDisposable
{
    private readonly Lock _gate = new();
    private readonly FfmpegProcess _process;
    private bool _ended;

    private LiveProcess(FfmpegProcess process)
    {
        _process = process;
        (Input, Output) = (_process.Input, _process.Output);
    }

    /// <summary>What it reads.</summary>
    public Stream Input { get; }

    /// <summary>What it writes.</summary>
    public Stream Output { get; }

    /// <summary>The last lines of its log.</summary>
    public string Said => _process.Said;

    /// <summary>Starts it.</summary>
    /// <param name="arguments">ffmpeg's.</param>
    /// <exception cref="Errors.VeilException"><see cref="Errors.VeilErrorCode.MissingNative"/>: it is not here.</exception>
    public static LiveProcess Start(IEnumerable<string> arguments) => new(FfmpegProcess.Start(FfmpegPrograms.Ffmpeg, arguments));

    /// <summary>
    /// Starts it where Ctrl-C in the terminal does not reach it, so that it ends when its input does and not before. It does
    /// so as well when this process is killed. Where there is no setsid, it is started like any other.
    /// </summary>
    /// <inheritdoc cref="Start"/>
    public static LiveProcess StartApart(IEnumerable<string> arguments) => FfmpegPrograms.Setsid is { } setsid
        ? new(FfmpegProcess.Start(setsid, [FfmpegPrograms.Ffmpeg, .. arguments]))
        : Start(arguments);

    /// <summary>True for what a pipe throws when the process is gone.</summary>
    public static bool IsGone(Exception error) => error is IOException or ObjectDisposedException;

    /// <summary>Closes its input and waits for its end.</summary>
    /// <param name="patience">How long.</param>
    /// <returns>Its exit code; null when it took longer or was ended meanwhile.</returns>
    public int? Finish(TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        try
        {
            Input.Close();
            return _process.WaitForExit(limit.Token);
        }
        catch (Exception error) when (IsGone(error) || error is OperationCanceledException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Ends it, gracefully or not.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (!_ended)
            {
                _ended = true;
                _process.Dispose();
            }
        }
    }
}
