using System.Numerics.Tensors;
using System.Text;
using Veil.Writing;

namespace Veil.Onnx.Text;

/// <summary>
/// From probabilities per column to text: the likeliest class of each column, repeats and none left out (Graves et al.,
/// Connectionist Temporal Classification, 2006, best path).
/// </summary>
internal static class CtcDecoder
{
    private const float Benefit = 0.3f;

    /// <summary>Decodes one line.</summary>
    /// <param name="probabilities">Columns of as many values as there are classes.</param>
    /// <param name="characters">What classes stand for.</param>
    /// <returns>
    /// The text, and the mean probability of its characters, or that of the least certain and 0.3 where that is
    /// less: in a long line one character that nobody can tell would not count otherwise, and it may be the one that matters.
    /// </returns>
    public static LineReading Decode(ReadOnlySpan<float> probabilities, CharacterSet characters)
    {
        var text = new StringBuilder();
        var (sum, least, count, last) = (0f, 1f, 0, 0);
        for (var column = 0; column < probabilities.Length; column += characters.Classes)
        {
            var values = probabilities.Slice(column, characters.Classes);
            var best = TensorPrimitives.IndexOfMax(values);
            if (best > 0 && best != last)
            {
                text.Append(characters[best]);
                sum += values[best];
                least = Math.Min(least, values[best]);
                count++;
            }

            last = best;
        }

        return new LineReading(text.ToString(), count == 0 ? 0 : Math.Min(sum / count, least + Benefit));
    }
}
