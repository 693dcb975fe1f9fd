namespace Veil.Studio.Hosting;

/// <summary>What a studio is started with.</summary>
internal sealed record StudioOptions
{
    /// <summary>The port on 127.0.0.1; 0 lets the system choose one.</summary>
    public int Port { get; init; }

    /// <summary>The folder that holds the projects; made when it is not there, for its owner alone.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Files and folders that the first page offers at once.</summary>
    public IReadOnlyList<string> Offered { get; init; } = [];

    /// <summary>How this program is started once more, to measure; null for the one that runs.</summary>
    public Measuring.ProgramStart? Program { get; init; }

    /// <summary>The user's data home, after the XDG base directory specification.</summary>
    public static string DefaultDataFolder
    {
        get
        {
            var home = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
            var root = Path.IsPathFullyQualified(home ?? "") ? home! : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return Path.Combine(root, "veil", "studio");
        }
    }
}
