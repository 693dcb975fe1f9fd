namespace Veil.Datasets.Reading;

/// <summary>An annotation names a category that there is not.</summary>
internal sealed class UnknownCategoryException(string message) : FormatException(message);
