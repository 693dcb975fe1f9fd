using System.Globalization;
using Npgsql;
using Veil.Errors;

namespace Veil.Studio.Jobs.Postgres;

/// <summary>
/// The store's tables in a schema of its own. They are made and brought up to date by whichever server comes first; the others
/// wait for it.
/// </summary>
internal sealed class PostgresSchema(string name)
{
    // One script per version; only ever added to.
    private static readonly string[] Versions =
    [
        """
        CREATE TABLE {0}.jobs (
            id text PRIMARY KEY,
            owner text NOT NULL,
            state smallint NOT NULL,
            created timestamptz NOT NULL,
            lease_until timestamptz,
            due timestamptz NOT NULL,
            document text NOT NULL);
        CREATE INDEX jobs_open ON {0}.jobs (created, id) WHERE state IN (0, 1);
        CREATE INDEX jobs_owner ON {0}.jobs (owner, created DESC, id DESC);
        CREATE INDEX jobs_due ON {0}.jobs (due);
        """,
    ];

    /// <summary>Its table, quoted.</summary>
    public string Jobs => $"{Quoted}.jobs";

    /// <summary>The channel that changes are told on.</summary>
    public string Channel => $"{name}_jobs";

    private string Quoted => $"\"{name}\"";

    /// <summary>A schema of this name.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: it is no plain name.</exception>
    public static PostgresSchema Named(string name) =>
        name.Length is > 0 and <= 40 && name.All(c => c == '_' || char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            ? new PostgresSchema(name)
            : throw new VeilException(VeilErrorCode.InvalidOption, $"Expected a schema's name of at most 40 small letters, digits and _, but it is '{name}'.");

    /// <summary>Makes what is missing.</summary>
    public async Task UpdateAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var step = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock(hashtext('veil jobs {name}'))", cancellationToken);
        var version = await VersionAsync(connection, cancellationToken);
        if (version > Versions.Length)
        {
            throw new VeilException(
                VeilErrorCode.StoreUnavailable, $"Expected a job queue of version {Versions.Length}, but the database has version {version}: a later Veil made it.", "Use that Veil, or another database.");
        }

        if (version < Versions.Length)
        {
            foreach (var script in Versions.Skip(version))
            {
                await ExecuteAsync(connection, string.Format(CultureInfo.InvariantCulture, script, Quoted), cancellationToken);
            }

            await ExecuteAsync(connection, $"DELETE FROM {Quoted}.version; INSERT INTO {Quoted}.version VALUES ({Versions.Length})", cancellationToken);
        }

        await step.CommitAsync(cancellationToken);
    }

    private async Task<int> VersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // Asked first: whoever may only use the schema must not have to be allowed to make it.
        await using var there = new NpgsqlCommand("SELECT to_regclass($1) IS NOT NULL", connection) { Parameters = { new() { Value = $"{Quoted}.version" } } };
        if (await there.ExecuteScalarAsync(cancellationToken) is not true)
        {
            await ExecuteAsync(connection, $"CREATE SCHEMA IF NOT EXISTS {Quoted}; CREATE TABLE {Quoted}.version (number int NOT NULL)", cancellationToken);
            return 0;
        }

        await using var version = new NpgsqlCommand($"SELECT number FROM {Quoted}.version", connection);
        return await version.ExecuteScalarAsync(cancellationToken) is int number ? number : 0;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
