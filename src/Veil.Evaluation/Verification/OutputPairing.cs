using Veil.Pipeline;
using Veil.Pipeline.Verification;

namespace Veil.Evaluation.Verification;

/// <summary>Which output belongs to which original, and what has no other half.</summary>
/// <param name="Pairs">To be compared, in the order of the originals' names.</param>
/// <param name="Alone">Verdicts on what cannot be compared, by name.</param>
public sealed record OutputPairing(IReadOnlyList<OutputPair> Pairs, IReadOnlyList<KeyValuePair<string, OutputVerification>> Alone)
{
    private const string Check = "completeness";

    /// <summary>Pairs two lists of files by their paths below the two folders; where formats were changed, by the paths without extension.</summary>
    /// <param name="originals">Names below the folder and full paths; one file has its own name.</param>
    /// <param name="outputs">The same of the outputs.</param>
    /// <param name="record">The run's report.</param>
    /// <param name="names">Where names were changed: the original's name by the output's; null where they were kept.</param>
    /// <param name="isMedia">Whether a file is a picture or video, by its content.</param>
    public static OutputPairing Make(
        IReadOnlyDictionary<string, string> originals, IReadOnlyDictionary<string, string> outputs, RunRecord record, IReadOnlyDictionary<string, string>? names, Func<string, bool> isMedia)
    {
        ArgumentNullException.ThrowIfNull(originals);
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(isMedia);
        var (pairs, alone) = (new List<OutputPair>(), new List<KeyValuePair<string, OutputVerification>>());
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var byOriginal = names?.GroupBy(pair => pair.Value).ToDictionary(group => group.Key, group => group.First().Key, StringComparer.Ordinal);
        var withoutExtension = outputs.Keys.ToLookup(Stem, StringComparer.Ordinal);
        foreach (var (name, path) in originals.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var reported = byOriginal is null ? name : byOriginal.GetValueOrDefault(name, "");
            var item = record.Items.GetValueOrDefault(reported);
            if (Output(reported) is { } output)
            {
                taken.Add(output);
                pairs.Add(new OutputPair(new MediaItem(path, name, MediaItemOrigin.Found), outputs[output])
                {
                    Regions = item?.Frames, Policies = record.Policies, Fidelity = item is null ? OutputFidelity.Unknown : record.FidelityOf(item),
                });
            }
            else if (item?.Status == "failed")
            {
                alone.Add(new(name, Only(FindingTone.Note, "the run failed on it and wrote nothing")));
            }
            else if (item?.Status != "not-a-picture" && isMedia(path))
            {
                alone.Add(new(name, Only(FindingTone.Unchecked, "there is no output for it")));
            }
        }

        foreach (var name in outputs.Keys.Where(name => !taken.Contains(name)).Order(StringComparer.Ordinal))
        {
            if (name is not RunRecord.FileName)
            {
                alone.Add(new(name, Only(FindingTone.Unchecked, isMedia(outputs[name]) ? "there is an output, but no original for it" : "it is among the outputs, and nobody knows what is in it")));
            }
        }

        return new OutputPairing(pairs, alone);

        string? Output(string reported)
        {
            if (outputs.ContainsKey(reported) && !taken.Contains(reported))
            {
                return reported;
            }

            // Names that hidden names stand for bear the output's extension or none; formats change extensions.
            var like = withoutExtension[Stem(reported)].Where(name => !taken.Contains(name) && !originals.ContainsKey(name)).ToList();
            return like.Count == 1 ? like[0] : null;
        }
    }

    /// <summary>A verdict without a comparison.</summary>
    private static OutputVerification Only(FindingTone tone, string message) => new([new OutputFinding(Check, tone, message)]);

    private static string Stem(string name) => Path.ChangeExtension(name, null);
}
