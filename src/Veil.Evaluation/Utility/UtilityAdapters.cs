using Veil.Imaging;
using Veil.Regions;

namespace Veil.Evaluation.Utility;

/// <summary>What the experiment takes from outside: it knows no file formats, no detectors and no networks.</summary>
public sealed record UtilityAdapters
{
    /// <summary>Decodes a picture as Rgb24; the caller disposes of it. Thread-safe.</summary>
    public required Func<UtilityPicture, PixelBuffer> Read { get; init; }

    /// <summary>What is to be covered in a picture. Must depend on the picture's content alone; called by one thread at a time.</summary>
    public required Func<UtilityPicture, PixelBuffer, CancellationToken, IReadOnlyList<Region>> Find { get; init; }

    /// <summary>Numbers in one input of the classifier.</summary>
    public required int InputLength { get; init; }

    /// <summary>
    /// Makes an input of a picture in Rgb24 of any size: features of a frozen network, or the pixels themselves. The same
    /// picture must give the same numbers, in whatever company. Thread-safe.
    /// </summary>
    public required Func<PixelBuffer, float[]> Encode { get; init; }

    /// <summary>Pictures that are treated and encoded at the same time, 1 or more. Default: one for each processor.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Makes a network with its initial weights. Thread-safe; networks are trained beside each other.</summary>
    public required Func<ClassifierSpecification, ITrainableClassifier> CreateClassifier { get; init; }

    /// <summary>Trainings at the same time, 1 or more: where one uses one thread, as many as there are processors. Default 1.</summary>
    public int Trainings { get; init; } = 1;

    /// <summary>Stands for all that <see cref="Find"/>, <see cref="Encode"/> and <see cref="CreateClassifier"/> depend on: models by their hashes, settings.</summary>
    public required string Identity { get; init; }
}
