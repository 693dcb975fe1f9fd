namespace Veil.Evaluation.Utility;

/// <summary>Inputs of a classifier with their classes, one for each picture.</summary>
internal sealed class LabelledInputs(IReadOnlyList<float[]> inputs, IReadOnlyList<int> labels)
{
    public int Count => inputs.Count;

    public IReadOnlyList<int> Labels => labels;

    /// <summary>Some of them.</summary>
    public LabelledInputs At(IReadOnlyList<int> positions) => new([.. positions.Select(position => inputs[position])], [.. positions.Select(position => labels[position])]);

    /// <summary>Puts some one after the other, as a classifier takes them.</summary>
    public void Gather(ReadOnlySpan<int> positions, Span<float> batch, Span<int> batchLabels)
    {
        for (var i = 0; i < positions.Length; i++)
        {
            var input = inputs[positions[i]];
            input.CopyTo(batch[(i * input.Length)..]);
            batchLabels[i] = labels[positions[i]];
        }
    }
}
