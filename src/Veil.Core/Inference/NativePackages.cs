namespace Veil.Inference;

/// <summary>What Veil's own native libraries are built on: packages of the system, as <c>eng/native-packages.txt</c> lists them.</summary>
public static class NativePackages
{
    private const string List = "native-packages.txt";

    /// <summary>What to do where a library is missing.</summary>
    /// <param name="library">Its name in the list.</param>
    public static string RemedyFor(string library)
    {
        var label = library + ": ";
        using var stream = typeof(NativePackages).Assembly.GetManifestResourceStream(List)
            ?? throw new InvalidOperationException("Expected the list of packages in this assembly.");
        using var reader = new StreamReader(stream);
        var packages = reader.ReadToEnd().Split('\n').First(line => line.StartsWith(label, StringComparison.Ordinal))[label.Length..].Trim();
        return $"Run 'apt-get install {packages}' and start ./veil again, which builds it.";
    }
}
