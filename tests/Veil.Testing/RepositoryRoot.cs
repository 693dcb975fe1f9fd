namespace Veil.Testing;

/// <summary>The folder that holds Veil.slnx.</summary>
public static class RepositoryRoot
{
    /// <summary>Its full path.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Veil.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("Expected Veil.slnx in a folder above " + AppContext.BaseDirectory);
    }
}
