using System.Text.Json;
using Veil.Anonymization;
using Veil.Errors;

namespace Veil.Studio.Choosing;

/// <summary>How often people were recognized behind a method at one setting, by the strongest attacker that was measured.</summary>
/// <param name="Rank1">Share of faces for which the right one out of 272 people came first.</param>
/// <param name="Margin">Half the 95 % interval.</param>
/// <param name="Verdict">What the measurement says: recognized, undecided, near chance, at chance.</param>
internal sealed record MeasuredRisk(double Rank1, double Margin, string Verdict)
{
    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web);
    private static readonly Lazy<Table> Known = new(Read);

    /// <summary>What guessing finds.</summary>
    public static double Guess => Known.Value.Guess;

    /// <summary>What is found in untouched pictures.</summary>
    public static double Untouched => Known.Value.Rows.First(row => row.Method.Length == 0).Rank1;

    /// <summary>The command that measured.</summary>
    public static string Command => Known.Value.Command;

    /// <summary>How much there is to be worried about.</summary>
    public RiskLevel Level => Verdict switch
    {
        "at chance" => RiskLevel.None,
        "near chance" or "undecided" => RiskLevel.Little,
        _ => Rank1 < .05 ? RiskLevel.Some : RiskLevel.High,
    };

    /// <summary>The measurement of a method at exactly these options; null where there is none. Nothing is estimated between measurements.</summary>
    /// <param name="method">The method.</param>
    /// <param name="options">Its options; seeds do not count.</param>
    /// <param name="methods">The catalogue, for rows that name a preset.</param>
    public static MeasuredRisk? Of(AnonymizerDescriptor method, MethodOptions options, AnonymizerCatalog methods)
    {
        var asked = options with { Seed = 0 };
        // Options that stand for a file of the user's own were measured with another one.
        var row = Known.Value.Rows.FirstOrDefault(row => row.Method.Length > 0 && row.With is null && OptionsOf(row.Method, method, methods) is { } measured && measured with { Seed = 0 } == asked);
        return row is null ? null : new MeasuredRisk(row.Rank1, row.Margin, row.Verdict);
    }

    // "gaussian:sigma=0.2", or the name of a preset.
    private static MethodOptions? OptionsOf(string text, AnonymizerDescriptor method, AnonymizerCatalog methods)
    {
        if (text.Contains('/', StringComparison.Ordinal))
        {
            return methods.FindPreset(text) is var (known, preset) && known.Id == method.Id ? preset.Options : null;
        }

        var parts = text.Split(':');
        return parts[0] == method.Id ? MethodOptionsBinder.Bind(method, parts.Skip(1).Select(Pair)) : null;
    }

    private static KeyValuePair<string, string> Pair(string text) =>
        text.Split('=', 2) is [var name, var value] ? KeyValuePair.Create(name, value) : throw new VeilException(VeilErrorCode.InvalidOption, $"Expected name=value, but received '{text}'.");

    private static Table Read()
    {
        using var stream = typeof(MeasuredRisk).Assembly.GetManifestResourceStream("Veil.Studio.reidentification.json")!;
        return JsonSerializer.Deserialize<Table>(stream, Reading)!;
    }

    private sealed record Table(double Guess, string Command, IReadOnlyList<Row> Rows);

    private sealed record Row(string Method, string? With, double Rank1, double Margin, string Verdict);
}

/// <summary>How much a measured risk is to worry about.</summary>
internal enum RiskLevel
{
    /// <summary>No more than by guessing.</summary>
    None,

    /// <summary>At most a little more than by guessing, as far as the measurement can tell.</summary>
    Little,

    /// <summary>Up to one face in twenty.</summary>
    Some,

    /// <summary>More.</summary>
    High,
}
