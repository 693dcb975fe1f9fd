using System.Collections.Immutable;

namespace Veil.Datasets;

/// <summary>How a dataset is read.</summary>
public sealed record DatasetReadOptions
{
    /// <summary>Categories that count as people beside those that the table names (<see cref="CategorySubjects"/>); compared without regard to case.</summary>
    public ImmutableHashSet<string> People { get; init; } = ImmutableHashSet.Create<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Categories that count as registration plates beside those that the table names.</summary>
    public ImmutableHashSet<string> Plates { get; init; } = ImmutableHashSet.Create<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The size of the upright picture in a file, from its header: for formats that count in fractions of it. Thread-safe. Throws
    /// <see cref="Errors.VeilException"/> where it cannot be known. Default: throws.
    /// </summary>
    public Func<string, PictureSize> SizeOf { get; init; } = static path =>
        throw new InvalidOperationException($"Expected a way to know the size of '{path}': set {nameof(DatasetReadOptions)}.{nameof(SizeOf)}.");

    /// <summary>Takes every problem; reading then goes on without what is broken. Thread-safe. Null: the first problem is thrown.</summary>
    public Action<DatasetProblem>? Problems { get; init; }
}

/// <summary>Columns and rows of an upright picture.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
public readonly record struct PictureSize(int Width, int Height);
