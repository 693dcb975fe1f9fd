namespace Veil.Vision.Tests;

/// <summary>A theory that needs OpenCV and dlib; it skips, saying so, where they are not here.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class VisionTheoryAttribute : TheoryAttribute
{
    public VisionTheoryAttribute() => Skip = VisionLibrary.IsAvailable ? null : VisionLibrary.WhyNot;
}
