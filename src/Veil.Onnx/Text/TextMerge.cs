namespace Veil.Onnx.Text;

/// <summary>
/// Puts together what several scales found. A line that finer scales have found in its parts is left out; what remains of
/// finer scales inside a line found at a coarser one alone are pieces of letters too large for them, and is left out, too.
/// </summary>
internal static class TextMerge
{
    private const float MostOfIt = 0.7f;

    /// <summary>A line goes only where next to nothing of it would stay: to cover something twice does no harm.</summary>
    private const float AllOfIt = 0.97f;

    /// <summary>Merges.</summary>
    /// <param name="scales">Lines of each scale, finest first, all in the picture's coordinates.</param>
    public static IReadOnlyList<TextLine> Merge(IReadOnlyList<IReadOnlyList<TextLine>> scales)
    {
        List<TextLine> merged = [.. scales[0]];
        foreach (var coarser in scales.Skip(1))
        {
            List<TextLine> added = [.. coarser.Where(line => merged.Sum(finer => finer.Box.CommonArea(line.Box)) < MostOfIt * line.Box.Area)];
            merged.RemoveAll(finer => added.Exists(line => line.Score >= finer.Score / 2 && line.Box.CommonArea(finer.Box) >= AllOfIt * finer.Box.Area));
            merged.AddRange(added);
        }

        return merged;
    }
}
