namespace Veil.Pipeline.Sharding;

/// <summary>What all shards of a run have to agree on.</summary>
/// <param name="Command">The command, e.g. <c>dataset anonymize</c>.</param>
/// <param name="Dataset">The dataset's format.</param>
/// <param name="Shards">How many parts the run has.</param>
/// <param name="OptionsHash">Stands for everything that changes the output.</param>
/// <param name="Options">Every option in force, by name, as far as it may be told.</param>
/// <param name="Models">The models used.</param>
/// <param name="Warnings">What the user was warned of.</param>
public sealed record ManifestHeader(
    string Command, string Dataset, int Shards, string OptionsHash, IReadOnlyDictionary<string, string> Options, IReadOnlyList<ReportedModel> Models, IReadOnlyList<string> Warnings)
{
    /// <summary>The version of Veil: another one may give other bytes.</summary>
    public string Program { get; init; } = typeof(ManifestHeader).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>In what another header differs, in words; null when work on one run can be work on the other.</summary>
    /// <param name="now">The other.</param>
    public string? DifferenceTo(ManifestHeader now)
    {
        ArgumentNullException.ThrowIfNull(now);
        return Shards != now.Shards ? $"it has {Shards} shards, and {now.Shards} were asked for now"
            : Program != now.Program ? $"it was begun by Veil {Program}, and this is {now.Program}"
            : (Command, Dataset) != (now.Command, now.Dataset) ? $"it is '{Command} {Dataset}', and this is '{now.Command} {now.Dataset}'"
            : OptionsOf(now) is { } options ? options
            : !Models.SequenceEqual(now.Models) ? "other models, or other versions of them, are here now"
            : OptionsHash != now.OptionsHash ? "other reference photos, or other settings that are kept secret, are given now"
            : null;
    }

    private string? OptionsOf(ManifestHeader now)
    {
        var names = Options.Keys.Union(now.Options.Keys).Order(StringComparer.Ordinal).Where(name => Options.GetValueOrDefault(name) != now.Options.GetValueOrDefault(name)).ToList();
        return names.Count == 0 ? null : string.Join(", ", names.Select(name => $"{name} was {Quoted(Options.GetValueOrDefault(name))} and is now {Quoted(now.Options.GetValueOrDefault(name))}"));
    }

    private static string Quoted(string? value) => value is null ? "not there" : $"'{value}'";
}
