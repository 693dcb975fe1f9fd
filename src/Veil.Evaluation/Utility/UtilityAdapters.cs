using Veil.Imaging;
using Veil.Regions;

namespace Veil.Evaluation.Utility;

/// <summary>Turns pictures into inputs of a classifier: features of a frozen network, or the pixels themselves.</summary>
/// <param name="pictures">Rgb24, of any size, one or more.</param>
/// <param name="inputs">Pictures × the length of an input, one after the other.</param>
/// <exception cref="Errors.VeilException">The network fails.</exception>
public delegate void PictureEncode(IReadOnlyList<PixelBuffer> pictures, Span<float> inputs);

/// <summary>What the experiment takes from outside: it knows no file formats, no detectors and no networks. Used by one thread.</summary>
public sealed record UtilityAdapters
{
    /// <summary>Decodes a picture as Rgb24; the caller disposes of it.</summary>
    public required Func<UtilityPicture, PixelBuffer> Read { get; init; }

    /// <summary>What is to be covered in a picture. Must depend on the picture's content alone.</summary>
    public required Func<UtilityPicture, PixelBuffer, CancellationToken, IReadOnlyList<Region>> Find { get; init; }

    /// <summary>Numbers in one input of the classifier.</summary>
    public required int InputLength { get; init; }

    /// <summary>Makes inputs of pictures.</summary>
    public required PictureEncode Encode { get; init; }

    /// <summary>Makes a network with its initial weights.</summary>
    public required Func<ClassifierSpecification, ITrainableClassifier> CreateClassifier { get; init; }

    /// <summary>Stands for all that <see cref="Find"/>, <see cref="Encode"/> and <see cref="CreateClassifier"/> depend on: models by their hashes, settings.</summary>
    public required string Identity { get; init; }
}
