namespace Veil.Testing;

/// <summary>A test that runs a PostgreSQL of its own; it skips, saying so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    /// <summary>Looks for it.</summary>
    public PostgresFactAttribute() => Skip = PostgresServer.Missing;
}
