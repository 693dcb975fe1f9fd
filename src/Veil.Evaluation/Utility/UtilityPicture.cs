namespace Veil.Evaluation.Utility;

/// <summary>What a picture is for.</summary>
public enum UtilitySplit
{
    /// <summary>To train on; treated.</summary>
    Train,

    /// <summary>To tell when to stop; treated as the training pictures are, for whoever trains on anonymized pictures has no others.</summary>
    Validation,

    /// <summary>To measure with; always as it is.</summary>
    Test,
}

/// <summary>A picture with its class. Immutable.</summary>
/// <param name="Path">Below the dataset's folder, with forward slashes; unique in a dataset.</param>
/// <param name="FullPath">Where it lies.</param>
/// <param name="Sha256">Of the file's content, lower-case hexadecimal.</param>
/// <param name="Class">Index into the dataset's classes.</param>
/// <param name="Split">What it is for.</param>
public sealed record UtilityPicture(string Path, string FullPath, string Sha256, int Class, UtilitySplit Split);

/// <summary>A picture file that cannot be used, and is left out of every variant alike.</summary>
/// <param name="Path">Below the dataset's folder.</param>
/// <param name="Reason">Why.</param>
public sealed record UnusablePicture(string Path, string Reason);
