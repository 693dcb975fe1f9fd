namespace Veil.Datasets.Finding;

/// <summary>What to do with pictures of which it is not known that everybody in them is annotated.</summary>
public enum IncompleteAnnotations
{
    /// <summary>They fail: what is not known to be covered is not written.</summary>
    Refuse,

    /// <summary>What is annotated is covered; where nothing is, nobody is taken to be there.</summary>
    TakeAsTheyAre,
}
