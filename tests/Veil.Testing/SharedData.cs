namespace Veil.Testing;

/// <summary>
/// Real pictures for tests live beside the repository, in ../shared/data; they may not be shipped.
/// VEIL_TEST_DATA names another place.
/// </summary>
public static class SharedData
{
    /// <summary>The folder, or null where there is none.</summary>
    public static string? Root { get; } = Find();

    /// <summary>A file or folder below the data folder.</summary>
    public static string Path(params string[] parts) =>
        System.IO.Path.Combine([Root ?? throw new InvalidOperationException("No test data here; mark the test with [DataFact]."), .. parts]);

    /// <summary>True when the file or folder is there.</summary>
    public static bool Has(string relative) =>
        Root is not null && System.IO.Path.Exists(System.IO.Path.Combine(Root, relative));

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("VEIL_TEST_DATA") is { Length: > 0 } named)
        {
            return Directory.Exists(named) ? named : null;
        }

        var data = System.IO.Path.GetFullPath(System.IO.Path.Combine(RepositoryRoot.Path, "..", "shared", "data"));
        return Directory.Exists(data) ? data : null;
    }
}
