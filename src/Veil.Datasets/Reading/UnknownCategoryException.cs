namespace Veil.Datasets.Reading;

/// <summary>An annotation names a category that there is not.</summary>
internal sealed class UnknownCategoryException(string message) : Exception(message);

/// <summary>A mask cannot be decoded, or is of another size than its picture.</summary>
internal sealed class MaskFormatException(string message, Exception? cause = null) : Exception(message, cause);
