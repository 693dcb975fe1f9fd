using Veil.Errors;

namespace Veil.Vision.Faces;

/// <summary>Where OpenCV's cascades lie. Thread-safe.</summary>
internal static class CascadeFiles
{
    /// <summary>Names a folder that holds cascades, or OpenCV's two folders of them.</summary>
    public const string Variable = "VEIL_CASCADES";

    private static readonly string[] SystemFolders =
    [
        "/usr/share/opencv4", "/usr/local/share/opencv4", "/usr/share/opencv", "/usr/local/share/opencv", "/opt/homebrew/share/opencv4",
    ];

    /// <summary>Whether a cascade is in one of the usual places.</summary>
    /// <param name="name">haarcascade_….xml or lbpcascade_….xml.</param>
    public static bool Has(string name) => Candidates(name, Roots()).Any(File.Exists);

    /// <summary>The path of a cascade.</summary>
    /// <param name="name">haarcascade_….xml or lbpcascade_….xml.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.MissingNative"/>: it is in none of the usual places.</exception>
    public static string Find(string name)
    {
        var roots = Roots();
        return Candidates(name, roots).FirstOrDefault(File.Exists)
            ?? throw new VeilException(
                VeilErrorCode.MissingNative,
                $"The cascade {name} was expected in one of {string.Join(", ", roots)}, but is in none of them.",
                $"Run 'apt-get install opencv-data', or name the folder that has it in {Variable}.");
    }

    private static string[] Roots() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? [named, .. SystemFolders] : SystemFolders;

    private static IEnumerable<string> Candidates(string name, string[] roots)
    {
        var folder = name.StartsWith("lbp", StringComparison.Ordinal) ? "lbpcascades" : "haarcascades";
        return roots.SelectMany(root => new[] { Path.Combine(root, name), Path.Combine(root, folder, name) });
    }
}
