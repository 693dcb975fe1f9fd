namespace Veil.Cli.Serve;

/// <summary>Where the server works on pictures and films.</summary>
internal enum ServeIsolation
{
    /// <summary>In processes of their own.</summary>
    Process,

    /// <summary>In its own.</summary>
    None,
}
