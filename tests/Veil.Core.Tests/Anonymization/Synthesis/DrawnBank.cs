using Veil.Anonymization.Synthesis;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Core.Tests.Anonymization.Synthesis;

/// <summary>A small bank of faces that are plain ovals, and a parser that knows them.</summary>
internal static class DrawnBank
{
    private const int Side = 96;

    private static readonly Box Face = new(28, 24, 68, 78);

    public static IReadOnlyList<GeneratedFace> Faces { get; } = [.. Enumerable.Range(0, 3).Select(Draw)];

    public static PersonParts Parse(PixelBuffer picture, PixelRect area) => new(
        area, Enumerable.Range(0, area.Width * area.Height).Select(i => Part(((i % area.Width) + 0.5f) / picture.Width * Side, ((i / area.Width) + 0.5f) / picture.Height * Side)).ToArray());

    private static PersonPart Part(float x, float y)
    {
        var (u, v) = ((x - Face.CenterX) / Face.Width * 2, (y - Face.CenterY) / Face.Height * 2);
        return (u * u) + (v * v) <= 1 ? PersonPart.FaceSkin : (u * u) + ((v + 0.3f) * (v + 0.3f)) <= 1.3f ? PersonPart.Hair : PersonPart.Background;
    }

    private static GeneratedFace Draw(int seed)
    {
        var picture = new PixelBuffer(Side, Side, PixelFormat.Rgb24);
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                var colour = Part(x + 0.5f, y + 0.5f) switch { PersonPart.FaceSkin => (byte)(150 + (20 * seed)), PersonPart.Hair => (byte)40, _ => (byte)200 };
                picture.Row(y).Slice(x * 3, 3).Fill(colour);
            }
        }

        return new GeneratedFace((ulong)seed, picture, DrawnFace.Region(Face), () => picture);
    }
}
