namespace Veil.Video.Nut;

/// <summary>What one of the 256 frame codes stands for.</summary>
/// <param name="Flags">What follows the code in the file.</param>
/// <param name="StreamId">Stream, unless coded.</param>
/// <param name="SizeMultiplier">What the coded part of the size is multiplied by.</param>
/// <param name="SizeLsb">What is added to it.</param>
/// <param name="PtsDelta">Ticks since the stream's last frame, unless coded.</param>
/// <param name="Reserved">How many reserved values follow.</param>
/// <param name="HeaderIndex">Which elided bytes come before the payload.</param>
internal readonly record struct NutFrameCode(NutFrameFlags Flags, int StreamId, long SizeMultiplier, long SizeLsb, long PtsDelta, long Reserved, int HeaderIndex);
