namespace Veil.Datasets.Reading;

/// <summary>A mask cannot be decoded, or is of another size than its picture.</summary>
internal sealed class MaskFormatException(string message, Exception? cause = null) : FormatException(message, cause);
