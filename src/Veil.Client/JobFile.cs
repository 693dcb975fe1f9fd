namespace Veil.Client;

/// <summary>A file for a job.</summary>
/// <param name="Name">What results and reports call it.</param>
/// <param name="Open">Opens it; called again when the request is sent again. The client closes what it opens.</param>
public sealed record JobFile(string Name, Func<Stream> Open)
{
    /// <summary>A file on this machine.</summary>
    public static JobFile Of(string path) => new(Path.GetFileName(path), () => File.OpenRead(path));
}
