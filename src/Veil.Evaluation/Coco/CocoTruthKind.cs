namespace Veil.Evaluation.Coco;

/// <summary>How an annotated object takes part in COCO's evaluation.</summary>
public enum CocoTruthKind
{
    /// <summary>It is to be found.</summary>
    Counted,

    /// <summary>Finding it is neither right nor wrong, once: a person without a single labelled body point.</summary>
    Ignored,

    /// <summary>Many in one (<c>iscrowd</c>): finding any of them, any number of times, is neither right nor wrong.</summary>
    Crowd,
}
