namespace Veil.Studio.Tests.Jobs;

/// <summary>One PostgreSQL for all tests of jobs, started by the first that needs it. Each test has a schema of its own there.</summary>
public sealed class SharedPostgres : IDisposable
{
    private readonly Lazy<PostgresServer> _server = new(() => new PostgresServer());

    public PostgresServer Server => _server.Value;

    public void Dispose()
    {
        if (_server.IsValueCreated)
        {
            _server.Value.Dispose();
        }
    }
}

[CollectionDefinition(Name)]
public sealed class JobTests : ICollectionFixture<SharedPostgres>
{
    public const string Name = "jobs";
}
