using System.Globalization;
using System.Security.Cryptography;
using Veil.Errors;

namespace Veil.Studio.Measuring;

/// <summary>
/// All measurements of this studio. Each is a run of the program's own <c>veil evaluate</c>, whose journal lets it go on where it was stopped.
/// One runs at a time, since each takes the whole machine. Thread-safe.
/// </summary>
internal sealed class Measurements : IAsyncDisposable
{
    private readonly Dictionary<string, Measurement> _all;
    private readonly MeasurementFolder _folder;
    private readonly string _root;
    private readonly ProgramStart _program;
    private readonly Lock _gate = new();
    private MeasurementRun? _run;
    private Task _running = Task.CompletedTask;
    private string? _stopped;

    /// <summary>Reads what is kept.</summary>
    /// <param name="root">Their folder.</param>
    /// <param name="program">What measures.</param>
    public Measurements(string root, ProgramStart program)
    {
        (_root, _program, _folder) = (root, program, new MeasurementFolder(root));
        _all = _folder.ReadAll().ToDictionary(one => one.Id, StringComparer.Ordinal);
    }

    /// <summary>Told when any of them has changed, from any thread.</summary>
    public event Action? Changed;

    /// <summary>All, the newest first.</summary>
    public IReadOnlyList<Measurement> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _all.Values.OrderByDescending(one => one.Started)];
            }
        }
    }

    /// <summary>One of them, or null.</summary>
    public Measurement? Find(string id)
    {
        lock (_gate)
        {
            return _all.GetValueOrDefault(id);
        }
    }

    /// <summary>A file of a report; null when there is none of that name.</summary>
    public string? FileOf(string id, string name)
    {
        if (Find(id) is null || !MeasurementFolder.ReportFiles.Contains(name, StringComparer.Ordinal))
        {
            return null;
        }

        var file = Path.Combine(_folder.Report(id), name);
        return File.Exists(file) ? file : null;
    }

    /// <summary>Begins a measurement.</summary>
    /// <exception cref="VeilException">The request is not to be met, or another one runs.</exception>
    public Measurement Start(MeasurementRequest request)
    {
        request.Check(_root);
        var id = DateTimeOffset.UtcNow.ToString("yyyyMMdd-HHmmss-", CultureInfo.InvariantCulture) + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        return Run(new Measurement(id, request, DateTimeOffset.Now, MeasurementState.Running));
    }

    /// <summary>Goes on with one that was stopped or failed.</summary>
    /// <exception cref="VeilException">Its folders are gone, or another one runs.</exception>
    public Measurement Resume(string id)
    {
        var known = Find(id) ?? throw new VeilException(VeilErrorCode.UnreadableInput, "That measurement was deleted.", "Start another.");
        known.Request.Check(_root);
        return Run(known with { State = MeasurementState.Running, Progress = MeasurementProgress.None, Said = "" });
    }

    /// <summary>Stops one that runs; what it measured is kept.</summary>
    public async Task StopAsync(string id)
    {
        Task running;
        lock (_gate)
        {
            if (_run is null || Find(id) is not { State: MeasurementState.Running })
            {
                return;
            }

            (_stopped, running) = (id, _running);
            _run.Kill();
        }

        await running.ConfigureAwait(false);
    }

    /// <summary>Deletes one with its report; one that runs is stopped before.</summary>
    public async Task DeleteAsync(string id)
    {
        await StopAsync(id).ConfigureAwait(false);
        lock (_gate)
        {
            if (_all.Remove(id))
            {
                _folder.Delete(id);
            }
        }

        Changed?.Invoke();
    }

    /// <summary>Stops what runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (All.FirstOrDefault(one => one.State == MeasurementState.Running) is { } running)
        {
            await StopAsync(running.Id).ConfigureAwait(false);
        }
    }

    private Measurement Run(Measurement measurement)
    {
        lock (_gate)
        {
            if (_all.Values.Any(one => one.State == MeasurementState.Running))
            {
                throw new VeilException(VeilErrorCode.InvalidOption, "Another measurement is running, and each takes the whole machine.", "Wait for it, or stop it; it can go on later.");
            }

            _folder.Write(measurement);
            _run = MeasurementRun.Start(_program, measurement.Request.Arguments(_folder.Report(measurement.Id)));
            _all[measurement.Id] = measurement;
            _running = Task.Run(() => WatchAsync(_run, measurement));
        }

        Changed?.Invoke();
        return measurement;
    }

    private async Task WatchAsync(MeasurementRun run, Measurement measurement)
    {
        using (run)
        {
            var code = await run.WaitAsync(progress => Set(measurement with { Progress = progress })).ConfigureAwait(false);
            lock (_gate)
            {
                var state = _stopped == measurement.Id ? MeasurementState.Stopped
                    : code is 0 or 1 && _folder.HasReport(measurement.Id) ? MeasurementState.Done
                    : MeasurementState.Failed;
                (_run, _stopped) = (null, null);
                var ended = measurement with { State = state, Said = state == MeasurementState.Stopped || code == 0 ? "" : run.Said };
                _all[measurement.Id] = ended;
                _folder.Write(ended);
            }
        }

        Changed?.Invoke();
    }

    private void Set(Measurement measurement)
    {
        lock (_gate)
        {
            _all[measurement.Id] = measurement;
        }

        Changed?.Invoke();
    }
}
