using System.Globalization;
using Veil.Errors;

namespace Veil.Pipeline.Sharding;

/// <summary>
/// One of several equal parts of a run, counted from 1: <c>3/10</c> is the third of ten. Items are dealt out like cards, by
/// their number in the manifest: parts differ by one item at most, and neighbours, which cost alike (a class, a camera, a
/// film), fall to different parts.
/// </summary>
public readonly record struct Shard
{
    /// <summary>Most shards of a run.</summary>
    public const int Most = 99_999;

    /// <summary>Names a part.</summary>
    /// <param name="number">From 1 to <paramref name="count"/>.</param>
    /// <param name="count">From 1 to <see cref="Most"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public Shard(int number, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Most);
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, count);
        (Number, Count) = (number, count);
    }

    /// <summary>The whole run.</summary>
    public static Shard Whole { get; } = new(1, 1);

    /// <summary>Which part, from 1.</summary>
    public int Number { get; }

    /// <summary>How many parts there are.</summary>
    public int Count { get; }

    /// <summary>All parts of a run.</summary>
    /// <param name="count">How many, 1 or more.</param>
    public static IEnumerable<Shard> All(int count) => Enumerable.Range(1, count).Select(number => new Shard(number, count));

    /// <summary>Reads <c>3/10</c>.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>.</exception>
    public static Shard Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split('/');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is >= 1 and <= Most && number >= 1 && number <= count
            ? new Shard(number, count)
            : throw new VeilException(
                VeilErrorCode.InvalidOption, $"Expected a shard like 3/10, but received '{text}'.", $"Shards are counted from 1: of ten, the first is 1/10 and the last 10/10; there may be {Most} at most.");
    }

    /// <summary>True when an item belongs to this part.</summary>
    /// <param name="item">The item's number, from 0.</param>
    public bool Owns(long item) => item % Count == Number - 1;

    /// <summary>How many items belong to this part.</summary>
    /// <param name="items">Items of the run.</param>
    public long Share(long items) => (items - Number + Count) / Count;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Count}");
}
