using Veil.Imaging.Jpeg.Coefficients;

namespace Veil.Imaging.Tests.Jpeg.Coefficients;

/// <summary>A test of Veil's own native library; it skips, saying so, where that is not built.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NativeFactAttribute : FactAttribute
{
    /// <summary>Names what else the test needs.</summary>
    /// <param name="data">File or folder below shared/data; null for none.</param>
    /// <param name="tools">True for a test that needs cjpeg, djpeg and jpegtran.</param>
    public NativeFactAttribute(string? data = null, bool tools = false)
    {
        Skip = !CoefficientLibrary.IsAvailable ? CoefficientLibrary.WhyNot
            : data is not null && !SharedData.Has(data) ? $"needs shared/data/{data}, which is not here"
            : tools && !JpegTools.Available ? "needs cjpeg, djpeg and jpegtran (apt-get install libjpeg-turbo-progs)"
            : null;
    }
}
