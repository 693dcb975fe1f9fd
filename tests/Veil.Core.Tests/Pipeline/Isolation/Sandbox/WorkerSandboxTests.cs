using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Veil.Errors;
using Veil.Pipeline;
using Veil.Pipeline.Isolation;
using Veil.Pipeline.Isolation.Sandbox;

namespace Veil.Tests.Pipeline.Isolation.Sandbox;

/// <summary>What a worker that was taken over can do, tried with and without its sandbox: a refusal proves nothing that happens without one, too.</summary>
public sealed class WorkerSandboxTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public WorkerSandboxTests()
    {
        _folder.Write("in/a.txt", "a face"u8);
        _folder.Write("in/another.txt", "another's face"u8);
        _folder.Write("home/secret.txt", "a secret"u8);
        Directory.CreateDirectory(_folder["out"]);
        Directory.CreateDirectory(_folder["tried"]);
    }

    public void Dispose() => _folder.Dispose();

    [SandboxFact]
    public void The_users_files_and_those_of_other_requests_cannot_be_read()
    {
        Refused(
            "read /etc/passwd",
            "read " + _folder["home/secret.txt"],
            "read " + _folder["in/another.txt"],
            "list " + _folder["home"],
            "list " + Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));
    }

    [SandboxFact]
    public void Nothing_can_be_written_beside_results()
    {
        Refused(
            "write " + _folder["out/other.txt"],
            "write " + _folder["home/secret.txt"],
            "delete " + _folder["home/secret.txt"],
            "rights " + _folder["in/a.txt"],
            "write /dev/shm/" + Guid.NewGuid().ToString("N"));
        using var worker = Sandboxed();
        Assert.NotEqual(ProbingWorker.Succeeded, Try(worker, "write-beside-result beside.txt"));
        Assert.Equal("a face", File.ReadAllText(_folder["in/a.txt"]));
    }

    [SandboxFact]
    public void An_input_cannot_be_changed_through_its_other_name()
    {
        using var worker = Sandboxed();

        Assert.NotEqual(ProbingWorker.Succeeded, Try(worker, "write-input "));
        Assert.NotEqual(ProbingWorker.Succeeded, Try(worker, "link-input writable.txt"));

        Assert.Equal("a face", File.ReadAllText(_folder["in/a.txt"]));
    }

    [SandboxFact]
    public void No_connection_can_be_opened()
    {
        using var tcp = new TcpListener(IPAddress.Loopback, 0);
        tcp.Start();
        using var udp = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var unix = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        unix.Bind(new UnixDomainSocketEndPoint(_folder["socket"]));
        unix.Listen();

        Refused(
            $"tcp {((IPEndPoint)tcp.LocalEndpoint).Port}",
            $"udp {((IPEndPoint)udp.Client.LocalEndPoint!).Port}",
            "unix " + _folder["socket"],
            "listen ");
    }

    [SandboxFact]
    public void No_program_can_be_started() => Refused("run /bin/true");

    [SandboxFact]
    public void Other_processes_cannot_be_touched()
    {
        using var sleeper = System.Diagnostics.Process.Start(new ProcessStartInfo("sleep", "300"))!;
        try
        {
            Refused(
                $"signal {sleeper.Id}",
                $"signal {Environment.ProcessId}",
                $"read /proc/{sleeper.Id}/cmdline");
            using var worker = Sandboxed();

            // EPERM. Without a sandbox, the one succeeds and stops the process, the other is impossible for a process with several threads (EINVAL).
            Assert.Equal("IOException: error 1", Try(worker, "trace "));
            Assert.Equal("IOException: error 1", Try(worker, "namespace "));
        }
        finally
        {
            sleeper.Kill();
        }
    }

    [SandboxFact]
    public void Its_work_it_does_again_and_again_and_nothing_is_left()
    {
        using (var worker = Sandboxed())
        {
            for (var round = 0; round < 3; round++)
            {
                var target = _folder[$"out/deep/{round}.txt"];
                Assert.Equal([ProbingWorker.Succeeded], Process(worker, "work ", target).Notes);
                Assert.Equal("a face hidden", File.ReadAllText(target));
                Assert.Equal(ProbingWorker.Succeeded, Try(worker, "threads "));
            }

            Assert.DoesNotContain(_folder.Files(), file => file.StartsWith("rooms/", StringComparison.Ordinal));
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder["rooms"]));
    }

    [SandboxFact]
    public void What_lies_in_named_folders_is_worked_on_where_it_lies()
    {
        var sandbox = new WorkerSandbox(SandboxLayers.All, _folder["rooms"]) { Readable = [_folder["in"]], Writable = [_folder["out"]] };
        using var worker = new IsolatedProcessor(ProbingWorker.Command with { Sandbox = sandbox }, new WorkerLimits(null, null));

        Assert.Equal([ProbingWorker.Succeeded], Process(worker, "work ", _folder["out/a.txt"]).Notes);
        Assert.Equal(ProbingWorker.Succeeded, Try(worker, "read " + _folder["in/another.txt"]));
        Assert.NotEqual(ProbingWorker.Succeeded, Try(worker, "write " + _folder["in/a.txt"]));
        Assert.Contains(_folder["in/a.txt"], Try(worker, "fail-with-path "), StringComparison.Ordinal);
    }

    [SandboxFact]
    public void A_worker_whose_rooms_are_on_another_file_system_gets_a_copy()
    {
        var rooms = "/dev/shm/veil-" + Guid.NewGuid().ToString("N");
        Directory.CreateDirectory(rooms);
        try
        {
            using var worker = new IsolatedProcessor(ProbingWorker.Command with { Sandbox = new WorkerSandbox(SandboxLayers.All, rooms) }, new WorkerLimits(null, null));

            Assert.Equal([ProbingWorker.Succeeded], Process(worker, "work ", _folder["out/a.txt"]).Notes);

            Assert.Equal("a face hidden", File.ReadAllText(_folder["out/a.txt"]));
            Assert.Equal(["out/a.txt"], _folder.Files().Where(file => file.StartsWith("out/", StringComparison.Ordinal)));
        }
        finally
        {
            Directory.Delete(rooms, recursive: true);
        }
    }

    [SandboxFact]
    public void A_link_leads_to_its_file_and_to_no_other()
    {
        File.CreateSymbolicLink(_folder["in/link.txt"], _folder["home/secret.txt"]);
        using var worker = Sandboxed();

        Assert.Equal([ProbingWorker.Succeeded], Process(worker, "work ", _folder["out/link.txt"], "in/link.txt").Notes);

        Assert.Equal("a secret hidden", File.ReadAllText(_folder["out/link.txt"]));
        Assert.NotEqual(ProbingWorker.Succeeded, Try(worker, "read " + _folder["home/secret.txt"]));
    }

    [SandboxFact]
    public void A_result_replaces_nothing_that_is_there()
    {
        _folder.Write("out/a.txt", "mine"u8);
        using var worker = Sandboxed();

        var result = Process(worker, "work ", _folder["out/a.txt"]);

        Assert.Equal(nameof(VeilErrorCode.OutputExists), result.Error!.Code);
        Assert.Equal("mine", File.ReadAllText(_folder["out/a.txt"]));
    }

    [SandboxFact]
    public void A_worker_that_has_not_restricted_itself_gets_nothing_to_do()
    {
        var unrestricted = new WorkerCommand("dotnet", [typeof(FakeWorker).Assembly.Location, "worker"], FakeWorker.Options) { Sandbox = new WorkerSandbox(SandboxLayers.All, _folder["rooms"]) };
        using var worker = new IsolatedProcessor(unrestricted, new WorkerLimits(null, null));

        var error = Assert.Throws<VeilException>(() => Process(worker, "work ", _folder["out/a.txt"]));

        Assert.Contains("sandbox", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["out/a.txt"]));
    }

    [SandboxFact]
    public void The_mark_of_a_restricted_worker_comes_from_no_environment()
    {
        var forged = new Dictionary<string, string>(WorkerEnvironment.WithoutSecrets()) { ["VEIL_SANDBOX"] = "entered" };
        using var worker = Sandboxed(ProbingWorker.Command with { Environment = forged });

        Assert.NotEqual(ProbingWorker.Succeeded, Try(worker, "read /etc/passwd"));
    }

    [SandboxTheory]
    [InlineData(SandboxLayers.Files)]
    [InlineData(SandboxLayers.SystemCalls)]
    public void One_layer_holds_without_the_others(SandboxLayers layer)
    {
        using var worker = Sandboxed(ProbingWorker.Command, layer);

        Assert.Equal(layer == SandboxLayers.Files, Try(worker, "read /etc/passwd") != ProbingWorker.Succeeded);
        Assert.Equal(layer == SandboxLayers.SystemCalls, Try(worker, "udp 9") != ProbingWorker.Succeeded);
        Assert.Equal([ProbingWorker.Succeeded], Process(worker, "work ", _folder["out/a.txt"]).Notes);
    }

    // The free one tries after the other, so that nothing is refused for what it has done.
    private void Refused(params string[] attempts)
    {
        using var worker = Sandboxed();
        using var free = new IsolatedProcessor(ProbingWorker.Command, new WorkerLimits(null, null));
        foreach (var attempt in attempts)
        {
            Assert.NotEqual((attempt, ProbingWorker.Succeeded), (attempt, Try(worker, attempt)));
            Assert.Equal((attempt, ProbingWorker.Succeeded), (attempt, Try(free, attempt)));
        }
    }

    private IsolatedProcessor Sandboxed(WorkerCommand? command = null, SandboxLayers layers = SandboxLayers.All) =>
        new((command ?? ProbingWorker.Command) with { Sandbox = new WorkerSandbox(layers, _folder["rooms"]) }, new WorkerLimits(null, null));

    private string Try(IsolatedProcessor worker, string attempt) => Assert.Single(Process(worker, attempt, _folder[$"tried/{Guid.NewGuid():N}"]).Notes);

    private ItemResult Process(IsolatedProcessor worker, string order, string target, string input = "in/a.txt") =>
        worker.Process(new MediaItem(_folder[input], input, MediaItemOrigin.Named), target, order, new WorkerLimits(null, null), CancellationToken.None);
}
