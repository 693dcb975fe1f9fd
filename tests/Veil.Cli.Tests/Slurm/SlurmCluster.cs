using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Veil.Tests.Slurm;

/// <summary>A Slurm with two nodes on this machine, in a temporary folder and on free ports. Disposing it ends all of its processes.</summary>
internal sealed class SlurmCluster : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly string[] Folders = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"];
    private readonly Dictionary<string, Process> _daemons = [];
    private readonly TemporaryFolder _folder = new();

    public SlurmCluster()
    {
        try
        {
            Configure();
            Start("munged", "--foreground", "--force", "--num-threads=1", $"--key-file={_folder["munge.key"]}", $"--socket={_folder["munge.socket"]}", $"--pid-file={_folder["munge.pid"]}", $"--log-file={_folder["munge.log"]}", $"--seed-file={_folder["munge.seed"]}");
            WaitFor(() => File.Exists(_folder["munge.socket"]));
            Start("slurmctld", "-D");
            foreach (var node in new[] { "n1", "n2" })
            {
                Start("slurmd", "-D", "-N", node);
            }

            WaitFor(() => Call("sinfo", "-h", "-N", "-o", "%T").Split('\n').Count(state => state.StartsWith("idle", StringComparison.Ordinal)) == 2);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>A path in the cluster's folder.</summary>
    public string this[string relative] => _folder[relative];

    /// <summary>Runs one of Slurm's programs; what it writes. Where the controller does not answer yet, nothing.</summary>
    public string Call(string program, params string[] arguments) => Call(program, new Dictionary<string, string>(), arguments);

    public string Call(string program, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var process = Process.Start(Info(program, arguments, environment))!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output.Trim();
    }

    /// <summary>Kills a node as power loss would: its daemon, and what runs a job there, at once.</summary>
    /// <param name="node">The node.</param>
    /// <param name="jobs">Its job's processes.</param>
    public void KillNode(string node, IEnumerable<int> jobs)
    {
        _daemons[node].Kill();
        foreach (var process in jobs)
        {
            Kill(process);
        }
    }

    public void WaitFor(Func<bool> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < Patience, "Waited in vain for Slurm.\n" + Logs());
            Thread.Sleep(200);
        }
    }

    /// <summary>The ends of all logs, for messages.</summary>
    public string Logs() => string.Join('\n', Directory.EnumerateFiles(_folder.FullPath, "*.log").Select(log => $"{Path.GetFileName(log)}:\n{string.Join('\n', File.ReadLines(log).TakeLast(15))}"));

    public void Dispose()
    {
        foreach (var daemon in _daemons.Values)
        {
            using (daemon)
            {
                daemon.Kill(entireProcessTree: true);
                daemon.WaitForExit();
            }
        }

        // Job steps part from the daemon that starts them; their environment tells whose they are.
        foreach (var process in Process.GetProcesses().Where(IsOfThisCluster))
        {
            Kill(process.Id);
        }

        WaitForEnd();
        _folder.Dispose();
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // It has ended by itself.
        }
    }

    private void WaitForEnd()
    {
        var clock = Stopwatch.StartNew();
        while (Process.GetProcesses().Any(IsOfThisCluster) && clock.Elapsed < Patience)
        {
            Thread.Sleep(100);
        }
    }

    private bool IsOfThisCluster(Process process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/environ").Contains("SLURM_CONF=" + _folder.FullPath, StringComparison.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void Start(string program, params string[] arguments)
    {
        var start = Info(program, arguments, new Dictionary<string, string>());
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _daemons[program == "slurmd" ? arguments[^1] : program] = process;
    }

    private ProcessStartInfo Info(string program, string[] arguments, IReadOnlyDictionary<string, string> environment)
    {
        var path = Folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists) ?? program;
        var start = new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder.FullPath };
        foreach (var inherited in start.Environment.Keys.Where(name => name.StartsWith("SLURM_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(inherited);
        }

        // As for every other run of the program in these tests.
        start.Environment.Remove("VEIL_MODELS");
        start.Environment["SLURM_CONF"] = _folder["slurm.conf"];
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private void Configure()
    {
        foreach (var folder in new[] { "state", "spool-n1", "spool-n2" })
        {
            Directory.CreateDirectory(_folder[folder]);
        }

        // Munge wants its key for itself, and a socket that everybody can reach.
        _folder.Write("munge.key", RandomNumberGenerator.GetBytes(1024));
        Assert.True(Shell.Run(_folder.FullPath, "chmod 600 munge.key && chmod 755 ."));
        var (host, ports) = (Environment.MachineName, FreePorts(3));
        File.WriteAllText(_folder["slurm.conf"], $"""
            ClusterName=veil
            SlurmctldHost={host}(127.0.0.1)
            SlurmctldPort={ports[0]}
            SlurmUser=root
            AuthType=auth/munge
            # How long a requeued job waits, too.
            AuthInfo=socket={_folder["munge.socket"]},cred_expire=5
            StateSaveLocation={_folder["state"]}
            SlurmdSpoolDir={_folder["spool-%n"]}
            SlurmctldPidFile={_folder["slurmctld.pid"]}
            SlurmdPidFile={_folder["%n.pid"]}
            SlurmctldLogFile={_folder["slurmctld.log"]}
            SlurmdLogFile={_folder["%n.log"]}
            ProctrackType=proctrack/pgid
            TaskPlugin=task/none
            SelectType=select/cons_tres
            SelectTypeParameters=CR_Core
            SlurmdParameters=config_overrides
            SlurmdTimeout=10
            ReturnToService=1
            JobRequeue=1
            SchedulerParameters=bf_interval=1
            KillWait=2
            MpiDefault=none
            SwitchType=switch/none
            JobAcctGatherType=jobacct_gather/none
            AccountingStorageType=accounting_storage/none
            NodeName=n1 NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[1]} CPUs=1 RealMemory=8000
            NodeName=n2 NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[2]} CPUs=1 RealMemory=8000
            PartitionName=main Nodes=n1,n2 Default=YES State=UP
            """);
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        try
        {
            listeners.ForEach(listener => listener.Start());
            return [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            listeners.ForEach(listener => listener.Dispose());
        }
    }
}
