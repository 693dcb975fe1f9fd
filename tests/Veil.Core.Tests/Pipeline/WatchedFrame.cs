using Veil.Imaging;

namespace Veil.Core.Tests.Pipeline;

/// <summary>A frame of 200×100 pixels that notes which of them are asked for.</summary>
internal sealed class WatchedFrame(PixelFormat format, bool moving = false) : Frame(new PixelBuffer(200, 100, format), 0, TimeSpan.Zero)
{
    public List<PixelRect> Asked { get; } = [];

    public override bool IsMoving => moving;

    protected override void Decode(PixelRect area, PixelBuffer target) => Asked.Add(area);
}
