namespace Veil.Video.Nut;

/// <summary>The one video stream of a NUT file, as its reader found it and a writer repeats it.</summary>
/// <param name="TimeBase">Length of a timestamp's tick.</param>
/// <param name="PtsShift">How many low bits of a timestamp frames carry when they carry few.</param>
/// <param name="Width">Columns of a frame.</param>
/// <param name="Height">Rows of a frame.</param>
/// <param name="Packet">The payload of the stream's header packet, for a writer to repeat.</param>
internal sealed record NutStreamHeader(NutFraction TimeBase, int PtsShift, int Width, int Height, ReadOnlyMemory<byte> Packet);
