using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Veil.Errors;
using Veil.Pipeline.Isolation.Sandbox;

namespace Veil.Pipeline.Isolation;

/// <summary>One running worker, seen from the parent. Not thread-safe.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private readonly Process _process;
    private readonly WorkerRoom? _room;
    private readonly TimeProvider _time;

    private WorkerProcess(Process process, WorkerRoom? room, TimeProvider time) => (_process, _room, _time, Id) = (process, room, time, process.Id);

    /// <summary>Its number among the system's processes.</summary>
    public int Id { get; }

    /// <summary>True while it lives.</summary>
    public bool IsAlive => !_process.HasExited;

    /// <summary>Starts a worker and waits until it is ready.</summary>
    /// <exception cref="VeilException">It cannot be started, or cannot work: its own words.</exception>
    /// <exception cref="OperationCanceledException">The run was abandoned.</exception>
    public static WorkerProcess Start(WorkerCommand command, TimeProvider time, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command.FileName, command.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        if (command.Environment is { } environment)
        {
            start.Environment.Clear();
            foreach (var (name, value) in environment)
            {
                start.Environment[name] = value;
            }
        }

        var room = command.Sandbox is { } sandbox ? new WorkerRoom(sandbox) : null;
        Tell(start.Environment, room?.Policy);
        WorkerProcess worker;
        try
        {
            var process = Process.Start(start) ?? throw new InvalidOperationException("Expected a new process.");

            // Last words of a crashing runtime are pages long; the item's failure says what matters.
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            worker = new WorkerProcess(process, room, time);
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException)
        {
            room?.Dispose();
            throw new VeilException(VeilErrorCode.WorkerCrashed, "A worker process cannot be started: " + error.Message, "Run without --isolate, or mend the installation.", error);
        }

        try
        {
            worker.Greet(command, cancellationToken);
            return worker;
        }
        catch
        {
            worker.Kill(TimeSpan.Zero);
            worker.Dispose();
            throw;
        }
    }

    /// <summary>Brings an item to where the worker may read it; null where that is everywhere.</summary>
    public RoomVisit? Admit(MediaItem item, string? target) => _room?.Admit(item, target);

    /// <summary>Hands an item over.</summary>
    /// <exception cref="IOException">The worker is gone.</exception>
    public void Send(MediaItem item, string? target, string? order) =>
        WorkerProtocol.Write(_process.StandardInput.BaseStream, json => ItemMessage.Write(json, item, target, order));

    /// <summary>Waits for the answer.</summary>
    /// <param name="limits">What the worker may take.</param>
    /// <param name="beat">Called when the worker tells that frames are getting done; its time starts anew then.</param>
    /// <param name="message">The answer; the caller disposes it.</param>
    /// <param name="cancellationToken">Abandons the item.</param>
    /// <returns>Why there is no answer, or <see cref="WorkerFate.Answered"/>.</returns>
    public WorkerFate Receive(WorkerLimits limits, Action<int, int> beat, out JsonDocument? message, CancellationToken cancellationToken)
    {
        for (; ; )
        {
            var fate = ReceiveOne(limits, out message, cancellationToken);
            if (message is null || !message.RootElement.TryGetProperty("beat", out var done))
            {
                return fate;
            }

            using var told = message;
            message = null;
            if (!done.TryGetInt32(out var frames) || !told.RootElement.TryGetProperty("of", out var total) || !total.TryGetInt32(out var all))
            {
                return WorkerFate.Died;
            }

            beat(frames, all);
        }
    }

    private WorkerFate ReceiveOne(WorkerLimits limits, out JsonDocument? message, CancellationToken cancellationToken)
    {
        message = null;
        var start = _time.GetTimestamp();
        var answer = WorkerProtocol.ReadAsync(_process.StandardOutput.BaseStream);
        try
        {
            while (!answer.Wait(Poll, cancellationToken))
            {
                if (_time.GetElapsedTime(start) > limits.Time)
                {
                    return WorkerFate.TookTooLong;
                }

                if (limits.Memory is { } most && ResidentMemory() > most)
                {
                    return WorkerFate.TookTooMuchMemory;
                }
            }

            message = answer.Result;
            return message is null ? WorkerFate.Died : WorkerFate.Answered;
        }
        catch (AggregateException error) when (error.InnerException is IOException or InvalidDataException)
        {
            return WorkerFate.Died;
        }
    }

    /// <summary>Ends it, whatever it does, and returns its exit code; null when even that took too long.</summary>
    /// <param name="patience">Time to end by itself, for its exit code tells what it died of.</param>
    public int? Kill(TimeSpan patience)
    {
        if (!_process.WaitForExit(patience))
        {
            _process.Kill(entireProcessTree: true);
        }

        return _process.WaitForExit(EndLimit) ? _process.ExitCode : null;
    }

    /// <summary>Lets it end by itself when it is idle; ends it when that takes too long.</summary>
    public void Dispose()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is gone already, which is what was wanted.
        }

        if (!_process.WaitForExit(EndLimit))
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        _room?.Dispose();
    }

    private static void Tell(IDictionary<string, string?> environment, SandboxPolicy? policy)
    {
        environment.Remove(SelfRestriction.Variable);
        if (policy is not null)
        {
            environment[SelfRestriction.Variable] = policy.Text;
            environment["TMPDIR"] = policy.Temporary;

            // A door for debuggers: a socket in the folder for temporary files, which it could not make.
            environment["DOTNET_EnableDiagnostics"] = "0";
        }
    }

    private void Greet(WorkerCommand command, CancellationToken cancellationToken)
    {
        var fate = Receive(new WorkerLimits(StartLimit, null), (_, _) => { }, out var message, cancellationToken);
        using (message)
        {
            if (message is null)
            {
                throw new VeilException(VeilErrorCode.WorkerCrashed, $"A worker process could not be started: {fate}.", command.Sandbox is null ? "Run without --isolate, or mend the installation ('veil doctor')." : "Mend the installation ('veil doctor'), or see whether it starts with --sandbox none.");
            }

            var root = message.RootElement;
            if (root.TryGetProperty("unfit", out var code) && Enum.TryParse<VeilErrorCode>(code.ToString(), out var known))
            {
                throw new VeilException(known, Text(root, "message"), Text(root, "hint"));
            }

            if (!root.TryGetProperty("ready", out var version) || version.ToString() != WorkerProtocol.Version.ToString(System.Globalization.CultureInfo.InvariantCulture)
                || Text(root, "options") != command.OptionsHash)
            {
                throw new VeilException(VeilErrorCode.WorkerCrashed, "A worker process would not work with the options of this run.", "Do not change options files or models while a run starts.");
            }

            var held = root.TryGetProperty("sandbox", out var layers) && layers.TryGetInt32(out var number) ? (SandboxLayers)number : SandboxLayers.None;
            if (command.Sandbox is { } sandbox && !held.HasFlag(sandbox.Layers))
            {
                throw new VeilException(VeilErrorCode.WorkerCrashed, $"A worker process is not kept in its sandbox: expected {sandbox.Layers}, but it is held by {held}.", "Please report this with the output of 'veil doctor'; --sandbox none works without.");
            }
        }
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : "";

    private long ResidentMemory()
    {
        _process.Refresh();
        return IsAlive ? _process.WorkingSet64 : 0;
    }
}
