using Veil.Pipeline.Isolation.Sandbox;

namespace Veil.Testing;

/// <summary>Whether the kernel can keep a worker in its sandbox; containers often forbid it.</summary>
public static class SandboxHere
{
    /// <summary>Why a test has to be skipped, or null.</summary>
    public static string? Missing { get; } = SandboxSupport.Here == SandboxLayers.All ? null : "needs a whole sandbox: " + SandboxSupport.Description;
}

/// <summary>A test that needs a sandbox; it skips, saying so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SandboxFactAttribute : FactAttribute
{
    /// <summary>Looks for it.</summary>
    public SandboxFactAttribute() => Skip = SandboxHere.Missing;
}

/// <summary>A test that needs a sandbox and ffmpeg; it skips, saying so, where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SandboxFilmFactAttribute : FactAttribute
{
    /// <summary>Looks for both.</summary>
    public SandboxFilmFactAttribute() => Skip = SandboxHere.Missing ?? Ffmpeg.Missing;
}

/// <summary>A test with data that needs a sandbox; it skips, saying so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SandboxTheoryAttribute : TheoryAttribute
{
    /// <summary>Looks for it.</summary>
    public SandboxTheoryAttribute() => Skip = SandboxHere.Missing;
}
