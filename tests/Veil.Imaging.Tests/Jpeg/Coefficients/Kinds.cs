namespace Veil.Imaging.Tests.Jpeg.Coefficients;

/// <summary>Every kind of JPEG that can be kept block by block, as arguments of cjpeg.</summary>
internal static class Kinds
{
    public static IReadOnlyList<string> All { get; } =
    [
        "-sample 2x2", "-sample 2x1", "-sample 1x2", "-sample 1x1", "-sample 4x1", "-sample 4x1,2x1,2x1", "-sample 4x2", "-sample 2x2,2x1,2x1", "-sample 1x1,1x1,1x2", "-sample 2x2 -scans separate", "-sample 4x4 -scans separate", "-grayscale", "-grayscale -sample 2x2", "-rgb",
        "-progressive", "-progressive -sample 2x1", "-progressive -grayscale", "-progressive -restart 1",
        "-optimize", "-restart 1", "-restart 3B -sample 2x1", "-arithmetic", "-arithmetic -progressive",
        "-quality 100", "-quality 3", "-quality 100 -sample 1x1 -optimize",
    ];

    public static IReadOnlyList<(int Width, int Height)> Sizes { get; } = [(96, 80), (67, 41), (65, 49), (17, 130), (8, 8), (1, 1)];
}
