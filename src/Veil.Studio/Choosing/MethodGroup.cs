using Veil.Anonymization;

namespace Veil.Studio.Choosing;

/// <summary>Methods under one heading. A new method appears by itself, under what it promises.</summary>
/// <param name="Key">Of the heading's text.</param>
/// <param name="Methods">In the catalogue's order.</param>
internal sealed record MethodGroup(string Key, IReadOnlyList<AnonymizerDescriptor> Methods)
{
    private static readonly string[] ForBeginners = ["veil", "synthetic", "solid", "emoji"];

    /// <summary>What is shown at once.</summary>
    public static MethodGroup Recommended(AnonymizerCatalog catalogue) => new("Recommended", [.. ForBeginners.Select(catalogue.Find)]);

    /// <summary>All methods: those that leave nothing first, those that may be undone last.</summary>
    public static IReadOnlyList<MethodGroup> All(AnonymizerCatalog catalogue) =>
    [
        .. catalogue.All.GroupBy(KeyOf).Select(group => new MethodGroup(group.Key, [.. group])).OrderBy(group => Array.IndexOf(Order, group.Key)),
    ];

    private static readonly string[] Order = ["HidesMost", "OtherFaces", "Filters"];

    private static string KeyOf(AnonymizerDescriptor method) => method.Guarantee switch
    {
        Guarantee.Irreversible or Guarantee.Bounded => "HidesMost",
        Guarantee.Synthetic => "OtherFaces",
        _ => "Filters",
    };
}
