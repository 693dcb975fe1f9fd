using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Veil.Video.Planar;

/// <summary>Rows of 8-bit samples, sixteen at a time: the same values as one at a time.</summary>
internal static class SampleRows
{
    private const int Block = 16;

    // Lane i of sixteen doubled samples is sample i / 2, from the lower and from the upper half.
    private static readonly Vector128<byte> Lower = Vector128.Create([.. Enumerable.Range(0, Block).Select(i => (byte)(i / 2))]);
    private static readonly Vector128<byte> Upper = Vector128.Create([.. Enumerable.Range(0, Block).Select(i => (byte)((i + Block) / 2))]);

    /// <summary>Repeats each sample: colour differences of two pixels.</summary>
    /// <param name="samples">Half as many as the target, rounded up.</param>
    /// <param name="target">All of it is written.</param>
    public static void Double(ReadOnlySpan<byte> samples, Span<byte> target)
    {
        var x = 0;
        for (; Vector128.IsHardwareAccelerated && x <= target.Length - (2 * Block); x += 2 * Block)
        {
            var sixteen = Vector128.Create(samples.Slice(x / 2, Block));
            Vector128.Shuffle(sixteen, Lower).CopyTo(target.Slice(x, Block));
            Vector128.Shuffle(sixteen, Upper).CopyTo(target.Slice(x + Block, Block));
        }

        for (; x < target.Length; x++)
        {
            target[x] = samples[x / 2];
        }
    }

    /// <summary>Adds a row to sums of columns. Of up to 257 rows, none overflows.</summary>
    /// <param name="samples">A row.</param>
    /// <param name="sums">As many.</param>
    public static void Add(ReadOnlySpan<byte> samples, Span<ushort> sums)
    {
        sums = sums[..samples.Length];
        var x = 0;
        ref var sum = ref MemoryMarshal.GetReference(sums);
        for (; Vector128.IsHardwareAccelerated && x <= samples.Length - Block; x += Block)
        {
            var (lower, upper) = Vector128.Widen(Vector128.Create(samples.Slice(x, Block)));
            (Vector128.LoadUnsafe(ref sum, (nuint)x) + lower).StoreUnsafe(ref sum, (nuint)x);
            (Vector128.LoadUnsafe(ref sum, (nuint)(x + (Block / 2))) + upper).StoreUnsafe(ref sum, (nuint)(x + (Block / 2)));
        }

        for (; x < samples.Length; x++)
        {
            sums[x] += samples[x];
        }
    }
}
