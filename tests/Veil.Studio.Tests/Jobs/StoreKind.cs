using System.Reflection;
using Xunit.Sdk;

namespace Veil.Studio.Tests.Jobs;

/// <summary>Which store a test runs against.</summary>
public enum StoreKind
{
    Files,
    Postgres,
}

/// <summary>Runs a theory against the file store.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnFilesAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[StoreKind.Files]];
}

/// <summary>Runs a theory against a real PostgreSQL; it skips, saying so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnPostgresAttribute : DataAttribute
{
    public OnPostgresAttribute() => Skip = PostgresServer.Missing;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[StoreKind.Postgres]];
}
