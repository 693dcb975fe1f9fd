using System.ComponentModel.DataAnnotations;

namespace Veil.Evaluation.Utility;

/// <summary>How a network is trained on every variant of a dataset. Immutable.</summary>
public sealed record UtilityOptions
{
    /// <summary>What of the network is trained. Default <see cref="TrainingProtocol.Frozen"/>.</summary>
    public TrainingProtocol Protocol { get; init; }

    /// <summary>Trainings for each treatment, with the seeds 1 to this. Default 3; from 2 on there are intervals.</summary>
    [Range(1, 100)]
    public int Seeds { get; init; } = 3;

    /// <summary>Share of each class's training pictures that tells when to stop, where the dataset has no validation split. Default 0.2.</summary>
    [Range(0.05, 0.5)]
    public double Validation { get; init; } = 0.2;

    /// <summary>Pictures in one step. Default 32.</summary>
    [Range(2, 1024)]
    public int BatchSize { get; init; } = 32;

    /// <summary>Epochs at most. Default 50.</summary>
    [Range(1, 10_000)]
    public int Epochs { get; init; } = 50;

    /// <summary>Training stops after so many epochs without a lower loss on the validation pictures. Default 5.</summary>
    [Range(1, 10_000)]
    public int Patience { get; init; } = 5;

    /// <summary>Adam's step size; null takes 0.001 for <see cref="TrainingProtocol.Frozen"/> (Keras' own) and 0.0001 for <see cref="TrainingProtocol.Finetune"/>.</summary>
    [Range(1e-8, 1.0)]
    public double? LearningRate { get; init; }

    /// <summary>As <see cref="ClassifierSpecification.Side"/>. Default 64.</summary>
    [Range(32, 224)]
    public int Side { get; init; } = 64;

    /// <summary>As <see cref="ClassifierSpecification.TrainedStages"/>. Default 5.</summary>
    [Range(0, 5)]
    public int TrainedStages { get; init; } = 5;

    /// <summary>The network of one training.</summary>
    /// <param name="classes">Classes to tell apart.</param>
    /// <param name="seed">1 to <see cref="Seeds"/>.</param>
    public ClassifierSpecification Specify(int classes, int seed) => new()
    {
        Protocol = Protocol, Classes = classes, Seed = seed, Side = Side, TrainedStages = TrainedStages,
        LearningRate = LearningRate ?? (Protocol == TrainingProtocol.Frozen ? 0.001 : 0.0001),
    };
}
