using Veil.Imaging.Native;

namespace Veil.Imaging.Tests;

internal static class Leaks
{
    /// <summary>Checks that libvips holds no pixels. Its worker threads give theirs back a moment after the work is done.</summary>
    public static void AssertNone() => Assert.True(
        SpinWait.SpinUntil(() => VipsLibrary.TrackedBytes == 0, Eventually.Patience), $"{VipsLibrary.TrackedBytes} bytes are still held");
}
