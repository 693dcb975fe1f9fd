using System.Globalization;

namespace Veil.Pipeline.Sharding;

/// <summary>Where a sharded run keeps what it knows: the hidden folder <c>.veil</c> in its output folder.</summary>
/// <param name="output">Full path of the output folder.</param>
public sealed class RunFolder(string output)
{
    /// <summary>Full path of the output folder.</summary>
    public string Output { get; } = output;

    /// <summary>The hidden folder.</summary>
    public string Path { get; } = System.IO.Path.Combine(output, ".veil");

    /// <summary>What the run consists of.</summary>
    public string Manifest => In("manifest.jsonl");

    /// <summary>Held by whoever writes the manifest.</summary>
    public string ManifestLease => In("manifest.lease");

    /// <summary>How long the steps took, summed over all items. Differs from run to run, as all in this folder may.</summary>
    public string Timings => In("timings.json");

    private const string ReportName = "veil-report.json";
    private const string ItemsName = "veil-items.jsonl";
    private const string ChecksumsName = "SHA256SUMS";

    /// <summary>What became of the run, once it is closed.</summary>
    public string Report => System.IO.Path.Combine(Output, ReportName);

    /// <summary>What became of each picture, one line each.</summary>
    public string Items => System.IO.Path.Combine(Output, ItemsName);

    /// <summary>Hashes of all files, for <c>sha256sum -c</c>.</summary>
    public string Checksums => System.IO.Path.Combine(Output, ChecksumsName);

    /// <summary>What a shard has finished.</summary>
    public string Journal(Shard shard) => In(Name("journal", shard) + ".jsonl");

    /// <summary>Held by the process that works on a shard.</summary>
    public string Lease(Shard shard) => In(Name("shard", shard) + ".lease");

    /// <summary>The output of an item.</summary>
    /// <param name="file">Its name, with forward slashes.</param>
    public string Target(string file) => System.IO.Path.Combine(Output, file.Replace('/', System.IO.Path.DirectorySeparatorChar));

    /// <summary>True for a name that the run itself needs in its output folder: a dataset that Veil has written holds such files.</summary>
    /// <param name="file">Below the root, with forward slashes.</param>
    public static bool IsReserved(string file) => file is ReportName or ItemsName or ChecksumsName;

    private string In(string name) => System.IO.Path.Combine(Path, name);

    private static string Name(string what, Shard shard) => string.Create(CultureInfo.InvariantCulture, $"{what}-{shard.Number:D5}-of-{shard.Count:D5}");
}
