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

    private FfmpegProcess(Process process)
    {
        _process = process;
        _listening = Task.Run(ListenAsync);
    }

    /// <summary>What the process reads; closing it tells the process that nothing more comes.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>What the process writes.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

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
    /// <exception cref="VeilException"><see cref="VeilErrorCode.MissingNative"/>: it cannot be started.</exception>
    public static FfmpegProcess Start(string program, IEnumerable<string> arguments)
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
            return new FfmpegProcess(Process.Start(start)!);
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
            lock (_said)
            {
                _said.Enqueue(line.Trim());
                if (_said.Count > KeptLines)
                {
                    _said.Dequeue();
                }
            }
        }
    }
}
