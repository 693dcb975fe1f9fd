using System.Numerics;
using System.Security.Cryptography;
using Veil.Kernels;

namespace Veil.Core.Tests.Kernels;

/// <summary>Every kernel under a name, so that what holds for all of them is tested in one place.</summary>
internal static class KernelCases
{
    public static IReadOnlyDictionary<string, Kernel> All { get; } = new Dictionary<string, Kernel>
    {
        ["gaussian direct"] = Gaussian(1.3f, 4),
        ["gaussian at the limit of direct"] = Gaussian(5f, 6),
        ["gaussian series"] = Gaussian(4f, 7),
        ["gaussian 43 sigma 7"] = Gaussian(7f, 21),
        ["gaussian 99 sigma 30"] = Gaussian(30f, 49),
        ["gaussian wide"] = Gaussian(60f, 200),
        ["box 1"] = Box(1),
        ["box 2"] = Box(2),
        ["box 5"] = Box(5),
        ["box 8"] = Box(8),
        ["box 51"] = Box(51),
        ["box 300"] = Box(300),
        ["median 1"] = Median(1),
        ["median 2"] = Median(2),
        ["median 9"] = Median(9),
        ["median 40"] = Median(40),
        ["bilateral 5"] = Bilateral(5, 30, 3),
        ["bilateral auto"] = Bilateral(0, 75, 2.4f),
        ["dilate 3"] = (s, t, path) => Morphology.Dilate(s.Pixels, s.Stride, t.Pixels, t.Stride, s.Width, s.Height, s.Channels, 3, 1, path),
        ["dilate 7 twice"] = (s, t, path) => Morphology.Dilate(s.Pixels, s.Stride, t.Pixels, t.Stride, s.Width, s.Height, s.Channels, 7, 2, path),
        ["dilate 40"] = (s, t, path) => Morphology.Dilate(s.Pixels, s.Stride, t.Pixels, t.Stride, s.Width, s.Height, s.Channels, 40, 1, path),
        ["erode 4 three times"] = (s, t, path) => Morphology.Erode(s.Pixels, s.Stride, t.Pixels, t.Stride, s.Width, s.Height, s.Channels, 4, 3, path),
        ["pixelate"] = (s, t, path) => Pixelation.Apply(s.Pixels, s.Stride, t.Pixels, t.Stride, s.Width, s.Height, s.Channels, -2.3f, 1.5f, 6.7f, 5f, path),
        ["resample bilinear"] = Resample(Resampling.Bilinear),
        ["resample area"] = Resample(Resampling.Area),
        ["resample nearest"] = Resample(Resampling.Nearest),
        ["warp"] = Warp,
    };

    /// <summary>Name and digest of every kernel's output over sizes that reach all code paths.</summary>
    public static IEnumerable<string> Digests()
    {
        foreach (var (name, kernel) in All)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var seed = 0;
            foreach (var (width, height) in new[] { (1, 1), (7, 3), (16, 16), (67, 41), (150, 33) })
            {
                foreach (var channels in new[] { 1, 3, 4 })
                {
                    hash.AppendData(TestPicture.Random(width, height, channels, 3, seed++).Run(kernel, KernelPath.Simd).Pixels);
                }
            }

            var wide = new ushort[4099];
            for (var i = 0; i < wide.Length; i++)
            {
                wide[i] = (ushort)(i * 31);
            }

            var narrow = new byte[wide.Length];
            PixelConversion.NarrowTo8(wide, narrow);
            hash.AppendData(narrow);
            yield return $"{name}: {Convert.ToHexString(hash.GetHashAndReset())}";
        }
    }

    public static Kernel Gaussian(float sigma, int radius) =>
        (s, t, path) => GaussianBlur.Apply(s.Pixels, s.Stride, t.Pixels, t.Stride, s.Width, s.Height, s.Channels, sigma, radius, path);

    public static Kernel Box(int size) =>
        (s, t, path) => BoxBlur.Apply(s.Pixels, s.Stride, t.Pixels, t.Stride, s.Width, s.Height, s.Channels, size, path);

    public static Kernel Median(int radius) =>
        (s, t, path) => MedianFilter.Apply(s.Pixels, s.Stride, t.Pixels, t.Stride, s.Width, s.Height, s.Channels, radius, path);

    public static Kernel Bilateral(int diameter, float sigmaColor, float sigmaSpace) =>
        (s, t, path) => BilateralFilter.Apply(s.Pixels, s.Stride, t.Pixels, t.Stride, s.Width, s.Height, s.Channels, diameter, sigmaColor, sigmaSpace, path);

    /// <summary>The top left part of the source, about two thirds of it, brought to the size of the target.</summary>
    private static Kernel Resample(Resampling mode) => (s, t, path) =>
    {
        var (width, height) = (Math.Max(1, s.Width * 2 / 3), s.Height);
        Resampler.Apply(s.Pixels, s.Stride, width, height, t.Pixels, t.Stride, t.Width, t.Height, t.Channels, mode, path);
    };

    private static void Warp(TestPicture s, TestPicture t, KernelPath path)
    {
        // Only RGBA has alpha: other pictures are read as narrower RGBA ones.
        if (s.Width * s.Channels < 4)
        {
            return;
        }

        var width = s.Width * s.Channels / 4;
        var matrix = Matrix3x2.CreateRotation(0.4f) * Matrix3x2.CreateScale(0.8f) * Matrix3x2.CreateTranslation(2.2f, -1.7f);
        AffineWarp.Apply(s.Pixels, s.Stride, width, s.Height, t.Pixels, t.Stride, width, t.Height, matrix, path);
    }
}
