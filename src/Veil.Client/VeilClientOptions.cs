namespace Veil.Client;

/// <summary>How a server is reached. Immutable.</summary>
public sealed record VeilClientOptions
{
    /// <summary>The server's address, e.g. <c>https://veil.example.org</c>.</summary>
    public required Uri Address { get; init; }

    /// <summary>The API key; null for a server that asks for none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>How often a request that the server had no room for is sent again, after the time that the server names. Default 8.</summary>
    public int Retries { get; init; } = 8;

    /// <summary>The longest time to wait before sending again, whatever the server names. Default one minute.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(1);
}
