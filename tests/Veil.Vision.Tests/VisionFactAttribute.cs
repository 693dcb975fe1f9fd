namespace Veil.Vision.Tests;

/// <summary>A test that needs OpenCV and dlib; it skips, saying so, where they are not here.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class VisionFactAttribute : FactAttribute
{
    /// <summary>Names what else the test needs.</summary>
    /// <param name="data">File or folder below shared/data; null for none.</param>
    public VisionFactAttribute(string? data = null)
    {
        Skip = !VisionLibrary.IsAvailable ? VisionLibrary.WhyNot
            : data is not null && !SharedData.Has(data) ? $"needs shared/data/{data}, which is not here"
            : null;
    }
}
