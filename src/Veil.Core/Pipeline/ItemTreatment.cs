namespace Veil.Pipeline;

/// <summary>What is to be done with an item. Anonymizing is the rule; copying is for datasets, and only where asked for.</summary>
public enum ItemTreatment
{
    /// <summary>Anonymize it.</summary>
    Anonymize,

    /// <summary>Copy it byte by byte, though it is an original: the user wants its split left as it is.</summary>
    CopyOriginal,

    /// <summary>Copy it byte by byte: labels, lists, licences.</summary>
    CopyLabels,
}
