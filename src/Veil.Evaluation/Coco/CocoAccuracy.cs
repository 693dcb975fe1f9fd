namespace Veil.Evaluation.Coco;

/// <summary>
/// COCO's figures (https://cocodataset.org/#detection-eval): means over categories and, where none is named, over the thresholds
/// 0.5 to 0.95. Each is 0..1, or null where there is nothing to find (−1 in the reference) or the protocol does not have it.
/// </summary>
public sealed record CocoAccuracy
{
    /// <summary>Average precision (AP), the figure that COCO ranks by.</summary>
    public double? Precision { get; init; }

    /// <summary>Average precision at an overlap of 0.5 (AP50).</summary>
    public double? PrecisionAtHalf { get; init; }

    /// <summary>Average precision at an overlap of 0.75 (AP75).</summary>
    public double? PrecisionAtThreeQuarters { get; init; }

    /// <summary>Average precision of small objects (APs); null for poses.</summary>
    public double? PrecisionOfSmall { get; init; }

    /// <summary>Average precision of medium objects (APm).</summary>
    public double? PrecisionOfMedium { get; init; }

    /// <summary>Average precision of large objects (APl).</summary>
    public double? PrecisionOfLarge { get; init; }

    /// <summary>Average recall of the strongest finding of each picture (AR1); null for poses.</summary>
    public double? RecallOfFirst { get; init; }

    /// <summary>Average recall of the ten strongest findings of each picture (AR10); null for poses.</summary>
    public double? RecallOfTen { get; init; }

    /// <summary>Average recall of all findings that take part: 100 a picture (AR100), 20 for poses (AR).</summary>
    public double? Recall { get; init; }

    /// <summary>Average recall at an overlap of 0.5 (AR50).</summary>
    public double? RecallAtHalf { get; init; }

    /// <summary>Average recall at an overlap of 0.75 (AR75).</summary>
    public double? RecallAtThreeQuarters { get; init; }

    /// <summary>Average recall of small objects (ARs); null for poses.</summary>
    public double? RecallOfSmall { get; init; }

    /// <summary>Average recall of medium objects (ARm).</summary>
    public double? RecallOfMedium { get; init; }

    /// <summary>Average recall of large objects (ARl).</summary>
    public double? RecallOfLarge { get; init; }
}
