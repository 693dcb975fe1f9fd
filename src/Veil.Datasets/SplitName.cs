namespace Veil.Datasets;

/// <summary>Splits are asked for by what they are (<c>train</c>) and called what each dataset calls them (<c>train2017</c>).</summary>
public static class SplitName
{
    /// <summary>True when a dataset's split is the one that is asked for: the same name, or that name followed by a year. Without regard to case.</summary>
    /// <param name="split">As the dataset spells it.</param>
    /// <param name="asked">What the user asks for.</param>
    public static bool Matches(string split, string asked)
    {
        ArgumentNullException.ThrowIfNull(split);
        ArgumentNullException.ThrowIfNull(asked);
        return split.StartsWith(asked, StringComparison.OrdinalIgnoreCase)
            && (split.Length == asked.Length || (asked.Length > 0 && split.Length == asked.Length + 4 && split.AsSpan(asked.Length).IndexOfAnyExceptInRange('0', '9') < 0));
    }
}
