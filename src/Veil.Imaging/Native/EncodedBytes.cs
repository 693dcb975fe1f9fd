namespace Veil.Imaging.Native;

/// <summary>A file's bytes at a fixed address; whoever makes one keeps the memory in place.</summary>
internal readonly unsafe struct EncodedBytes(void* data, int length)
{
    public void* Data { get; } = data;

    public int Length { get; } = length;

    public ReadOnlySpan<byte> Span => new(Data, Length);
}
