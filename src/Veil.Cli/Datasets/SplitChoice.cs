using Veil.Cli.Options;
using Veil.Datasets;
using Veil.Errors;

namespace Veil.Cli.Datasets;

/// <summary>Which splits of a dataset are anonymized.</summary>
internal sealed class SplitChoice
{
    private const string Training = "train";
    private readonly Func<string, bool> _isChosen;

    private SplitChoice(Func<string, bool> isChosen) => _isChosen = isChosen;

    /// <summary>What the user asks for, in words, told without looking at the dataset.</summary>
    public static string Describe(DatasetSettings settings) => settings.Splits.Count > 0 ? string.Join(',', settings.Splits) : "default";

    /// <summary>Settles the choice for a dataset.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: a split is asked for that is not there.</exception>
    public static SplitChoice Of(DatasetSettings settings, IReadOnlyList<string> splits)
    {
        if (settings.Splits.FirstOrDefault(asked => !splits.Any(split => SplitName.Matches(split, asked))) is { } unknown)
        {
            throw new VeilException(
                VeilErrorCode.InvalidOption, $"There is no split '{unknown}' in this dataset.",
                splits.Count > 0 ? "It has: " + string.Join(", ", splits) + "." : "It has no splits; leave --splits out.");
        }

        if (settings.Splits.Count > 0)
        {
            return new SplitChoice(split => settings.Splits.Any(asked => SplitName.Matches(split, asked)));
        }

        // In a classification study the test pictures are what everything is measured on.
        var training = settings.Format.Features == DatasetFeatures.None && splits.Any(split => SplitName.Matches(split, Training));
        return new SplitChoice(split => !training || SplitName.Matches(split, Training));
    }

    /// <summary>Whether pictures of a split are anonymized.</summary>
    /// <param name="split">As the dataset spells it; empty for none.</param>
    public bool Includes(string split) => _isChosen(split);
}
