namespace Veil.Evaluation.Utility;

/// <summary>What network is trained, and how its weights start. Immutable.</summary>
public sealed record ClassifierSpecification
{
    /// <summary>What of the backbone is trained.</summary>
    public required TrainingProtocol Protocol { get; init; }

    /// <summary>Classes to tell apart, 2 or more.</summary>
    public required int Classes { get; init; }

    /// <summary>Columns and rows of a picture for <see cref="TrainingProtocol.Finetune"/>, a multiple of 32 from 32 to 224; not used by <see cref="TrainingProtocol.Frozen"/>. Default 64.</summary>
    public int Side { get; init; } = 64;

    /// <summary>Of ResNet-50's five stages, how many, counted from its end, are trained with the head: 0 (the head alone) to 5 (all). Default 5; only for <see cref="TrainingProtocol.Finetune"/>.</summary>
    public int TrainedStages { get; init; } = 5;

    /// <summary>Adam's step size. Default 0.001, Keras' own; 0.0001 suits <see cref="TrainingProtocol.Finetune"/>.</summary>
    public double LearningRate { get; init; } = 0.001;

    /// <summary>Of the head's first weights and of dropout.</summary>
    public int Seed { get; init; } = 1;
}

/// <summary>What is trained.</summary>
public enum TrainingProtocol
{
    /// <summary>The head alone, on features that a frozen ResNet-50 computes once for each picture: 2048 after global average pooling.</summary>
    Frozen,

    /// <summary>End to end, from pictures.</summary>
    Finetune,
}
