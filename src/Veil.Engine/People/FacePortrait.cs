using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Engine.People;

/// <summary>A picture of one face, with enough around it to be found again, and without the faces beside it.</summary>
internal static class FacePortrait
{
    private const float Margin = 0.5f;
    private const byte Grey = 128;

    /// <summary>Cuts one face out.</summary>
    /// <param name="frame">Its frame.</param>
    /// <param name="face">Where.</param>
    /// <param name="others">Other faces of the frame; greyed, except where they overlap this one.</param>
    /// <returns><see cref="PixelFormat.Rgb24"/>; owned by the caller.</returns>
    public static PixelBuffer Cut(Frame frame, Box face, IEnumerable<Box> others)
    {
        var bounds = new PixelRect(0, 0, frame.Width, frame.Height);
        var area = face.Grow(Margin).ToPixels().Intersect(bounds);
        var portrait = new PixelBuffer(area.Width, area.Height, PixelFormat.Rgb24);
        PixelConversion.ToRgb24(frame.PixelsIn(area), area, portrait);
        var kept = face.ToPixels();
        foreach (var other in others.Select(box => box.ToPixels().Intersect(area)).Where(rect => !rect.IsEmpty))
        {
            for (var y = other.Top; y < other.Bottom; y++)
            {
                var row = portrait.Row(y - area.Top);
                for (var x = other.Left; x < other.Right; x++)
                {
                    if (x < kept.Left || x >= kept.Right || y < kept.Top || y >= kept.Bottom)
                    {
                        row.Slice(3 * (x - area.Left), 3).Fill(Grey);
                    }
                }
            }
        }

        return portrait;
    }
}
