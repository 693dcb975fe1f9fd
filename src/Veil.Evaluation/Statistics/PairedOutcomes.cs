namespace Veil.Evaluation.Statistics;

/// <summary>Two classifiers on the same inputs: how often one alone was right.</summary>
/// <param name="FirstAlone">Inputs that only the first got right.</param>
/// <param name="SecondAlone">Inputs that only the second got right.</param>
public readonly record struct PairedOutcomes(int FirstAlone, int SecondAlone)
{
    /// <summary>
    /// Two-sided exact p-value of McNemar's test (McNemar, Psychometrika 12, 1947; the exact form: twice the smaller binomial
    /// tail at one half, at most 1). Valid where inputs are independent of each other, so that each may count once only.
    /// </summary>
    public double PValue
    {
        get
        {
            var (inputs, fewer) = (FirstAlone + SecondAlone, Math.Min(FirstAlone, SecondAlone));

            // In logarithms: 2⁻ⁿ is no double any more from some thousand inputs on.
            var (term, tail) = (-inputs * Math.Log(2), 0.0);
            for (var k = 0; k <= fewer; k++)
            {
                tail += Math.Exp(term);
                term += Math.Log(inputs - k) - Math.Log(k + 1);
            }

            return Math.Min(1, 2 * tail);
        }
    }

    /// <summary>Counts.</summary>
    /// <param name="truth">The right class of each input.</param>
    /// <param name="first">What the first classifier said.</param>
    /// <param name="second">What the second said.</param>
    /// <exception cref="ArgumentException">The lists are not equally long.</exception>
    public static PairedOutcomes Count(IReadOnlyList<int> truth, IReadOnlyList<int> first, IReadOnlyList<int> second)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != truth.Count || second.Count != truth.Count)
        {
            throw new ArgumentException($"Expected {truth.Count} answers each, but received {first.Count} and {second.Count}.", nameof(first));
        }

        var (firstAlone, secondAlone) = (0, 0);
        for (var i = 0; i < truth.Count; i++)
        {
            var (one, other) = (first[i] == truth[i], second[i] == truth[i]);
            firstAlone += one && !other ? 1 : 0;
            secondAlone += other && !one ? 1 : 0;
        }

        return new PairedOutcomes(firstAlone, secondAlone);
    }
}
