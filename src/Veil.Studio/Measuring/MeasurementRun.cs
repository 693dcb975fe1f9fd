using System.ComponentModel;
using System.Diagnostics;
using Veil.Errors;

namespace Veil.Studio.Measuring;

/// <summary>The program that measures, while it runs.</summary>
internal sealed class MeasurementRun : IDisposable
{
    private const int MostLines = 12;

    private readonly Process _process;
    private readonly Queue<string> _said = new();

    private MeasurementRun(Process process) => _process = process;

    /// <summary>What it said last, apart from its progress.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return string.Join('\n', _said);
            }
        }
    }

    /// <summary>Starts it.</summary>
    /// <exception cref="VeilException">It cannot be started.</exception>
    public static MeasurementRun Start(ProgramStart program, IEnumerable<string> arguments)
    {
        try
        {
            return new MeasurementRun(Process.Start(program.With(arguments))!);
        }
        catch (Win32Exception error)
        {
            throw new VeilException(VeilErrorCode.MissingNative, $"The program that measures cannot be started: {error.Message}", "Install Veil again.", error);
        }
    }

    /// <summary>Waits until it ends.</summary>
    /// <param name="progress">Told each line of progress.</param>
    /// <returns>Its exit code.</returns>
    public async Task<int> WaitAsync(Action<MeasurementProgress> progress)
    {
        _process.StandardInput.Close();
        await Task.WhenAll(ListenAsync(_process.StandardError, progress), ListenAsync(_process.StandardOutput, null)).ConfigureAwait(false);
        await _process.WaitForExitAsync().ConfigureAwait(false);
        return _process.ExitCode;
    }

    /// <summary>Ends it at once; what it measured is in its journal.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    private async Task ListenAsync(StreamReader lines, Action<MeasurementProgress>? progress)
    {
        while (await lines.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            if (progress is not null && MeasurementProgress.Read(line) is { } read)
            {
                progress(read);
            }
            else if (progress is not null && line.Length > 0)
            {
                Note(line);
            }
        }
    }

    private void Note(string line)
    {
        lock (_said)
        {
            _said.Enqueue(Excerpt.Of(line, 500));
            if (_said.Count > MostLines)
            {
                _said.Dequeue();
            }
        }
    }
}
