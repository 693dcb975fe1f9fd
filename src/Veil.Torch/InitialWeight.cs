namespace Veil.Torch;

/// <summary>A tensor that a network starts with. Immutable; the values are only read.</summary>
public sealed class InitialWeight
{
    /// <summary>Creates it.</summary>
    /// <param name="name">As Keras calls it: <c>res2a_branch2a/kernel</c>.</param>
    /// <param name="dimensions">As Keras has them: a convolution's kernel is rows × columns × in × out.</param>
    /// <param name="values">As many as the dimensions' product, the last dimension changing fastest.</param>
    /// <exception cref="ArgumentException">There are more or fewer values, or a dimension is negative.</exception>
    public InitialWeight(string name, IReadOnlyList<int> dimensions, ReadOnlyMemory<float> values)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(dimensions);
        if (dimensions.Any(length => length < 0) || dimensions.Aggregate(1L, (product, length) => checked(product * length)) != values.Length)
        {
            throw new ArgumentException($"Expected values for {string.Join(" × ", dimensions)} of {name}, but received {values.Length}.", nameof(values));
        }

        (Name, Dimensions, Values) = (name, dimensions, values);
    }

    /// <summary>As Keras calls it.</summary>
    public string Name { get; }

    /// <summary>As Keras has them.</summary>
    public IReadOnlyList<int> Dimensions { get; }

    /// <summary>The last dimension changes fastest.</summary>
    public ReadOnlyMemory<float> Values { get; }
}
