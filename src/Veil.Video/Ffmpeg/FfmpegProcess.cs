using System.ComponentModel;
using System.Diagnostics;
using Veil.Errors;

namespace Veil.Video.Ffmpeg;

/// <summary>
/// One run of ffmpeg or ffprobe with its pipes. What it says is kept for error messages. Disposing it ends the process if
/// it still runs. Not thread-safe, except that its pipes may be used from two threads.
/// </summary>
internal sealed class FfmpegProcess : IDisposable
{
    private const int KeptLines = 12;

    private readonly Process _process;
    private readonly Queue<string> _said = new();
    private readonly Task _listening;
    private readonly Func<string, string?> _hear;
    private int _disposed;

    private FfmpegProcess(Process process, Func<string, string?>? hear)
    {
        (_process, _hear) = (process, hear ?? (line => line));
        _listening = Task.Run(ListenAsync);
    }

    /// <summary>What the process reads; closing it tells the process that nothing more comes.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>What the process writes.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>Completes when its log has ended.</summary>
    public Task LogEnded => _listening;

    /// <summary>The last lines of its log.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return string.Join("; ", _said);
            }
        }
    }

    /// <summary>Starts a program.</summary>
    /// <param name="program">Full path.</param>
    /// <param name="arguments">Each as one argument, never through a shell.</param>
    /// <param name="hear">
    /// Called, on another thread, for each line of its log; returns what is worth keeping for error messages, or null. Null
    /// keeps every line.
    /// </param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.MissingNative"/>: it cannot be started.</exception>
    public static FfmpegProcess Start(string program, IEnumerable<string> arguments, Func<string, string?>? hear = null)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // Reports that ffmpeg would write into the working folder name the input.
        start.Environment.Remove("FFREPORT");
        try
        {
            return new FfmpegProcess(Process.Start(start)!, hear);
        }
        catch (Win32Exception error)
        {
            throw new VeilException(VeilErrorCode.MissingNative, $"{program} cannot be started: {error.Message}", "Reinstall ffmpeg.", error);
        }
    }

    /// <summary>Waits for the end and returns the exit code.</summary>
    public int WaitForExit(CancellationToken cancellationToken)
    {
        _process.WaitForExitAsync(cancellationToken).GetAwaiter().GetResult();
        _listening.GetAwaiter().GetResult();
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Whoever gives up may do so while its reader ends by itself.
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private async Task ListenAsync()
    {
        while (await _process.StandardError.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            if (_hear(line.Trim()) is not { } kept)
            {
                continue;
            }

            lock (_said)
            {
                _said.Enqueue(kept);
                if (_said.Count > KeptLines)
                {
                    _said.Dequeue();
                }
            }
        }
    }
}
