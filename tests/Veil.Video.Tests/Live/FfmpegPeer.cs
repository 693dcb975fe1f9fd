using System.Diagnostics;
using Veil.Video.Ffmpeg;

namespace Veil.Video.Tests.Live;

/// <summary>An ffmpeg that is started again whenever it ends, as a camera or a viewer is, until disposed.</summary>
internal sealed class FfmpegPeer : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Task _running;
    private Process? _process;
    private bool _isOver;
    private int _starts;

    /// <summary>Starts it.</summary>
    /// <param name="arguments">ffmpeg's, given how often it was started before.</param>
    public FfmpegPeer(Func<int, string[]> arguments) => _running = Task.Factory.StartNew(() => Run(arguments), TaskCreationOptions.LongRunning);

    /// <summary>How often it was started.</summary>
    public int Starts => Volatile.Read(ref _starts);

    /// <summary>Ends it without warning; another is started.</summary>
    public void Kill()
    {
        lock (_gate)
        {
            _process?.Kill();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
            _process?.Kill();
        }

        Assert.True(_running.Wait(Eventually.Patience));
    }

    private void Run(Func<int, string[]> arguments)
    {
        while (true)
        {
            Process process;
            lock (_gate)
            {
                if (_isOver)
                {
                    return;
                }

                _process = process = Process.Start(FfmpegPrograms.Ffmpeg, ["-v", "quiet", "-nostdin", .. arguments(_starts)]);
                Interlocked.Increment(ref _starts);
            }

            process.WaitForExit();
            lock (_gate)
            {
                process.Dispose();
                _process = null;
            }

            // One that finds nobody ends at once.
            Thread.Sleep(100);
        }
    }
}
