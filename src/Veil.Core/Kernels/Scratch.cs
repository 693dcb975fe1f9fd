using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Veil.Kernels;

/// <summary>
/// Uninitialised working memory of one kernel call, aligned to a cache line and freed on dispose. Not the shared array
/// pool: that would keep the buffers of the largest picture ever seen.
/// </summary>
internal readonly unsafe ref struct Scratch<T> : IDisposable
    where T : unmanaged
{
    private const nuint Alignment = 64;

    public Scratch(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        Pointer = (T*)NativeMemory.AlignedAlloc(checked((nuint)Math.Max(1, length) * (nuint)sizeof(T)), Alignment);
    }

    public T* Pointer { get; }

    public int Length { get; }

    public Span<T> Span => new(Pointer, Length);

    public ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Pointer[index];
    }

    public void Dispose() => NativeMemory.AlignedFree(Pointer);
}
