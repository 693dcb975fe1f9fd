using Veil.Imaging;

namespace Veil.Tests;

/// <summary>Pictures of generated people that are part of the documentation, so that these tests run without other data.</summary>
internal static class People
{
    /// <summary>Four generated people side by side.</summary>
    public static string Four { get; } = DocumentationPictures.FourPeople;

    /// <summary>Copies the picture into a folder under several names.</summary>
    public static void CopyTo(TemporaryFolder folder, params string[] names)
    {
        var bytes = File.ReadAllBytes(Four);
        foreach (var name in names)
        {
            folder.Write(name, bytes);
        }
    }

    /// <summary>The mean difference per channel between two pictures of the same size inside a rectangle.</summary>
    public static double Difference(string path, string other, PixelRect rect)
    {
        using var a = Picture.Decode(File.ReadAllBytes(path));
        using var b = Picture.Decode(File.ReadAllBytes(other));
        long sum = 0;
        for (var y = rect.Top; y < rect.Bottom; y++)
        {
            var (left, right) = (a.Frame(0).Row(y).ToArray(), b.Frame(0).Row(y).ToArray());
            for (var i = rect.Left * 3; i < rect.Right * 3; i++)
            {
                sum += Math.Abs(left[i] - right[i]);
            }
        }

        return sum / (3.0 * rect.Width * rect.Height);
    }
}
