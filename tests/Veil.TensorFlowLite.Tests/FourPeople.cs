using Veil.Imaging;
using Veil.Regions;

namespace Veil.TensorFlowLite.Tests;

/// <summary>The four generated people of the documentation; where their faces are was read off the picture.</summary>
internal static class FourPeople
{
    public static IReadOnlyList<Box> Faces { get; } = [new(47, 46, 175, 223), new(297, 46, 430, 221), new(526, 39, 664, 233), new(772, 40, 899, 224)];

    public static PixelBuffer Load()
    {
        using var picture = Picture.Decode(File.ReadAllBytes(DocumentationPictures.FourPeople));
        return picture.TakeFrame(0);
    }
}
