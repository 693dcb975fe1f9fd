namespace Veil.Engine.Tests.Packaging;

/// <summary>
/// A test that restores packages without a network, from what this machine's package folder holds of third parties; skips, saying so, where
/// that or the installed native libraries are absent.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PackagingFactAttribute : FactAttribute
{
    private static readonly string[] ThirdParties = ["csvhelper", "documentformat.openxml", "system.io.packaging", "system.numerics.tensors"];

    public PackagingFactAttribute() => Skip = Missing();

    /// <summary>Where this machine keeps packages: laid out as a feed.</summary>
    public static string PackageFolder { get; } = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named
        ? named
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string? Missing() =>
        ThirdParties.FirstOrDefault(id => !Directory.Exists(Path.Combine(PackageFolder, id))) is { } package ? $"needs the package {package} on this machine"
        : !Directory.Exists(Path.Combine(RepositoryRoot.Path, "node_modules")) ? "needs node_modules, which ./veil installs"
        : OperatingSystem.IsLinux() ? null
        : "natives are packed for Linux";
}
