using System.Numerics;
using System.Runtime.InteropServices;
using Veil.Imaging;

namespace Veil.Anonymization;

/// <summary>
/// A method that lays a picture over a flat colour: where the picture is transparent the colour shows, never the original.
/// </summary>
public abstract class StickerAnonymizer : PaintingAnonymizer
{
    private readonly Rgb _background;

    private protected StickerAnonymizer(Rgb background) => _background = background;

    private protected abstract (Sticker Sticker, Matrix3x2 ToSticker) Place(RegionCanvas canvas);

    /// <inheritdoc/>
    protected sealed override void Paint(RegionCanvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        for (var y = 0; y < canvas.Height; y++)
        {
            MemoryMarshal.Cast<byte, Rgb>(canvas.Target.Row(y)).Fill(_background);
        }

        var (sticker, toSticker) = Place(canvas);
        sticker.Draw(canvas.Target, toSticker);
    }

    private protected static Sticker Load(StickerLoader load, string name)
    {
        using var picture = load(name);
        return Sticker.Copy(picture);
    }
}
