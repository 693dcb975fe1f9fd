using System.Collections.Immutable;

namespace Veil.Datasets.Masks;

/// <summary>
/// A binary mask of a whole picture as lengths of runs, column after column from the left, each from top to bottom, beginning
/// with a run of zeros: COCO's run-length encoding. Immutable.
/// </summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Counts">Lengths of runs of zeros and ones in turn; they add up to width × height.</param>
public sealed record RunLengthMask(int Width, int Height, ImmutableArray<uint> Counts);
