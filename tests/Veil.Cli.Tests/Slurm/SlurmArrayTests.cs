namespace Veil.Tests.Slurm;

public sealed class SlurmArrayTests : IDisposable
{
    private const int Tasks = 4;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SlurmFact("coco-mini")]
    public void An_array_that_loses_a_node_gives_the_same_bytes_as_one_machine()
    {
        var data = SharedData.Path("coco-mini");
        VeilProcess.Run("dataset", "anonymize", "coco", data, "-o", _folder["whole"], "--method", "gaussian").Exits(0);

        using (var cluster = new SlurmCluster())
        {
            var environment = new Dictionary<string, string> { ["VEIL"] = Program(cluster) };
            var job = cluster.Call(
                "sbatch", environment, "--parsable", $"--array=1-{Tasks}", "--cpus-per-task=1", $"--output={cluster["task-%a.log"]}",
                Path.Combine(RepositoryRoot.Path, "deploy", "slurm", "anonymize.sbatch"), "coco", data, _folder["out"], "--method", "gaussian");
            Assert.True(int.TryParse(job, out _), cluster.Logs());

            // The first task on n2 stops amid its shard, and then the node dies.
            cluster.WaitFor(() => File.Exists(cluster["frozen"]));
            var status = VeilProcess.Run("dataset", "status", _folder["out"], "--format", "json").Exits(0).Text;
            Assert.Contains("\"shard\": \"1/4\"", status, StringComparison.Ordinal);
            var merge = VeilProcess.Run("dataset", "merge", _folder["out"]).Exits(1);
            Assert.Contains("not finished", merge.Errors, StringComparison.Ordinal);
            cluster.KillNode("n2", File.ReadAllText(cluster["frozen"]).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse));

            cluster.WaitFor(() => cluster.Call("sinfo", "-h", "-o", "%T").Length > 0 && cluster.Call("squeue", "-h", "-r").Length == 0);
            Assert.Contains("due to failure of node n2", File.ReadAllText(cluster["slurmctld.log"]), StringComparison.Ordinal);
            Assert.Contains("from the Slurm array", File.ReadAllText(cluster[$"task-{Tasks}.log"]), StringComparison.Ordinal);
            var merged = VeilProcess.Run("dataset", "merge", _folder["out"]);
            Assert.True(merged.ExitCode == 0, merged.Errors + cluster.Logs());
        }

        Trees.Same(_folder["whole"], _folder["out"]);
    }

    /// <summary>The program, which on node n2 stops once, amid its shard, and writes down the processes of its job.</summary>
    private static string Program(SlurmCluster cluster)
    {
        var program = cluster["veil"];
        File.WriteAllText(program, $$"""
            #!/usr/bin/env bash
            run=(dotnet "{{Path.Combine(AppContext.BaseDirectory, "veil.dll")}}" "$@")
            if [ "$SLURMD_NODENAME" != n2 ] || [ "${SLURM_RESTART_COUNT:-0}" != 0 ]; then exec "${run[@]}"; fi
            out="$6"
            "${run[@]}" & veil=$!
            journal="$(printf '%s/.veil/journal-%05d-of-%05d.jsonl' "$out" "$SLURM_ARRAY_TASK_ID" {{Tasks}})"
            until [ "$({ wc -l <"$journal" || echo 0; } 2>/dev/null)" -gt 2 ]; do
              kill -0 $veil 2>/dev/null || { wait $veil; exit; }
              sleep 0.02
            done
            kill -STOP $veil
            # What would tell the controller about the end goes first.
            echo "$PPID $$ $veil" >"{{cluster["frozen"]}}.new"
            mv "{{cluster["frozen"]}}.new" "{{cluster["frozen"]}}"
            wait $veil
            """);
        Assert.True(Shell.Run(Path.GetDirectoryName(program)!, "chmod 755 veil"));
        return program;
    }
}
