using System.Text;
using Npgsql;
using NpgsqlTypes;
using Veil.Errors;

namespace Veil.Studio.Jobs.Postgres;

/// <summary>
/// Keeps jobs in PostgreSQL, for servers on any number of machines. The database's clock judges leases, so that theirs need not
/// agree. It is reached when it is needed: a server may start before its database does.
/// </summary>
internal sealed class PostgresJobStore : IJobStore
{
    /// <summary>The schema that is used unless another is named.</summary>
    public const string DefaultSchema = "veil";

    private const int Attempts = 3;
    private const int MostDue = 1000;
    private static readonly TimeSpan HealthPatience = TimeSpan.FromSeconds(5);
    private readonly NpgsqlDataSource _database;
    private readonly PostgresSchema _schema;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _first = new(1);
    private PostgresListener? _listener;

    /// <summary>Makes a store; nothing is connected yet.</summary>
    /// <param name="connectionString">As Npgsql takes it: <c>Host=…;Username=…;Password=…;Database=…</c>.</param>
    /// <param name="schema">The schema in the database that is Veil's own.</param>
    /// <param name="time">The clock by which leases are judged instead of the database's, unless it is the system's.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: the connection string or the name cannot be used.</exception>
    public PostgresJobStore(string connectionString, string schema, TimeProvider time)
    {
        (_schema, _time) = (PostgresSchema.Named(schema), time);
        try
        {
            // Keep-alives, so that a listener learns of a database that went away without a word.
            var settings = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "veil", KeepAlive = 15, Timezone = "UTC" };
            _database = new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
        }
        catch (Exception error) when (error is ArgumentException or FormatException or KeyNotFoundException)
        {
            // What was given holds a password: it is not repeated.
            throw new VeilException(VeilErrorCode.InvalidOption, "The connection string of the database cannot be understood.", "Expected Host=…;Username=…;Password=…;Database=….", error);
        }
    }

    /// <inheritdoc/>
    public JobSignals Signals { get; } = new();

    private object Now => _time == TimeProvider.System ? DBNull.Value : _time.GetUtcNow();

    /// <inheritdoc/>
    public Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken) => AskAsync(
        async connection =>
        {
            await using var command = Command(connection, "SELECT coalesce($1, clock_timestamp())", Time(Now));
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            return reader.GetFieldValue<DateTimeOffset>(0);
        },
        cancellationToken);

    /// <inheritdoc/>
    public async Task AddAsync(Job job, CancellationToken cancellationToken)
    {
        await AskAsync(
            async connection =>
            {
                await using var command = Command(
                    connection,
                    $"""
                    WITH added AS (
                        INSERT INTO {_schema.Jobs} (id, owner, state, created, lease_until, due, document) VALUES ($1, $2, $3, $4, $5, $6, $7)
                        ON CONFLICT (id) DO NOTHING RETURNING id)
                    SELECT pg_notify($8, $9) FROM added
                    """,
                    [Text(job.Id.ToString()), Text(job.Owner), .. Columns(job), Text(_schema.Channel), Text(PostgresListener.Message(job))]);
                return await command.ExecuteNonQueryAsync(cancellationToken);
            },
            cancellationToken);
        Signals.Changed(job.Id, job.State);
    }

    /// <inheritdoc/>
    public Task<Job?> ReadAsync(JobId id, CancellationToken cancellationToken) =>
        FirstAsync($"SELECT document FROM {_schema.Jobs} WHERE id = $1", [Text(id.ToString())], cancellationToken);

    /// <inheritdoc/>
    public Task<Job?> FindAsync(JobId id, string owner, CancellationToken cancellationToken) =>
        FirstAsync($"SELECT document FROM {_schema.Jobs} WHERE id = $1 AND owner = $2", [Text(id.ToString()), Text(owner)], cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Job>> ListAsync(JobQuery query, CancellationToken cancellationToken) => AllAsync(
        $"""
        SELECT document FROM {_schema.Jobs} j
        WHERE owner = $1 AND ($2 IS NULL OR state = $2)
            AND ($3 IS NULL OR (created, id) < (SELECT created, id FROM {_schema.Jobs} WHERE id = $3 AND owner = $1))
        ORDER BY created DESC, id DESC LIMIT $4
        """,
        [Text(query.Owner), Value(NpgsqlDbType.Smallint, query.State is { } state ? (short)state : DBNull.Value), Value(NpgsqlDbType.Text, query.After?.ToString() ?? (object)DBNull.Value), Value(NpgsqlDbType.Integer, query.Limit)],
        cancellationToken);

    /// <inheritdoc/>
    public Task<JobCounts> CountAsync(string? owner, CancellationToken cancellationToken) => AskAsync(
        async connection =>
        {
            await using var command = Command(
                connection,
                $"SELECT count(*) FILTER (WHERE state = 0), count(*) FILTER (WHERE state = 1) FROM {_schema.Jobs} WHERE state IN (0, 1) AND ($1 IS NULL OR owner = $1)",
                Value(NpgsqlDbType.Text, owner ?? (object)DBNull.Value));
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            return new JobCounts((int)reader.GetInt64(0), (int)reader.GetInt64(1));
        },
        cancellationToken);

    /// <inheritdoc/>
    public async Task<Job?> ChangeAsync(JobId id, Func<Job, DateTimeOffset, Job?> change, CancellationToken cancellationToken)
    {
        var job = await StepAsync(
            async (connection, step) =>
            {
                var (old, now) = await LockedAsync(
                    connection, $"SELECT document, coalesce($1, clock_timestamp()) FROM {_schema.Jobs} WHERE id = $2 FOR UPDATE", [Time(Now), Text(id.ToString())], cancellationToken);
                var next = old is null ? null : await ReplaceAsync(connection, old, change(old, now), cancellationToken);
                await step.CommitAsync(cancellationToken);
                return next;
            },
            cancellationToken);
        Tell(job);
        return job;
    }

    /// <inheritdoc/>
    public async Task<Job?> ClaimAsync(ClaimTerms terms, CancellationToken cancellationToken)
    {
        while (true)
        {
            var job = await StepAsync(
                async (connection, step) =>
                {
                    // As read by the statement's own clock, a moment before the lock: a lease lapsed then has lapsed now.
                    var (free, now) = await LockedAsync(
                        connection,
                        $"""
                        SELECT document, coalesce($1, clock_timestamp()) FROM {_schema.Jobs}
                        WHERE state = 0 OR (state = 1 AND lease_until <= coalesce($1, clock_timestamp()))
                        ORDER BY created, id LIMIT 1 FOR UPDATE SKIP LOCKED
                        """,
                        [Time(Now)],
                        cancellationToken);
                    var next = free is null ? null : await ReplaceAsync(connection, free, free.Claim(terms, now), cancellationToken);
                    await step.CommitAsync(cancellationToken);
                    return next;
                },
                cancellationToken);
            Tell(job);
            if (job is null or { HasEnded: false })
            {
                return job;
            }
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Job>> DueAsync(CancellationToken cancellationToken) => AllAsync(
        $"SELECT document FROM {_schema.Jobs} WHERE due <= coalesce($1, clock_timestamp()) ORDER BY due LIMIT {MostDue}", [Time(Now)], cancellationToken);

    /// <inheritdoc/>
    public async Task DeleteAsync(JobId id, CancellationToken cancellationToken)
    {
        await AskAsync(
            async connection =>
            {
                await using var command = Command(
                    connection,
                    $"WITH gone AS (DELETE FROM {_schema.Jobs} WHERE id = $1 RETURNING id) SELECT pg_notify($2, $3) FROM gone",
                    Text(id.ToString()),
                    Text(_schema.Channel),
                    Text($"{(int)JobState.Done} {id}"));
                return await command.ExecuteNonQueryAsync(cancellationToken);
            },
            cancellationToken);
        Signals.Changed(id, JobState.Done);
    }

    /// <inheritdoc/>
    public Task<StoreHealth> CheckAsync(CancellationToken cancellationToken) => StoreHealth.OfAsync(async () =>
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(HealthPatience);
        try
        {
            await AskAsync(
                async connection =>
                {
                    // A standby answers, but keeps nothing.
                    await using var command = Command(connection, $"SELECT pg_is_in_recovery() FROM (SELECT 1) one LEFT JOIN {_schema.Jobs} ON false");
                    return await command.ExecuteScalarAsync(enough.Token) is true
                        ? throw new VeilException(VeilErrorCode.StoreUnavailable, "The database that keeps the jobs can only be read: it is a standby.", "Connect to the primary server.")
                        : true;
                },
                enough.Token);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new VeilException(VeilErrorCode.StoreUnavailable, $"The database that keeps the jobs has not answered for {HealthPatience.TotalSeconds} s.", "Check that PostgreSQL runs.", error);
        }
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _listener, null) is { } listener)
        {
            await listener.DisposeAsync();
        }

        await _database.DisposeAsync();
        _first.Dispose();
    }

    private static async Task<(Job? Job, DateTimeOffset Now)> LockedAsync(NpgsqlConnection connection, string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (JobJson.Read(reader.GetString(0)), reader.GetFieldValue<DateTimeOffset>(1)) : (null, default);
    }

    private async Task<Job?> ReplaceAsync(NpgsqlConnection connection, Job old, Job? next, CancellationToken cancellationToken)
    {
        if (next is null || ReferenceEquals(next, old))
        {
            return next;
        }

        next = next with { Revision = old.Revision + 1 };
        await using var command = Command(
            connection,
            $"WITH changed AS (UPDATE {_schema.Jobs} SET state = $2, created = $3, lease_until = $4, due = $5, document = $6 WHERE id = $1 RETURNING id) SELECT pg_notify($7, $8) FROM changed",
            [Text(next.Id.ToString()), .. Columns(next), Text(_schema.Channel), Text(PostgresListener.Message(next))]);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return next;
    }

    private Task<Job?> FirstAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken) => AskAsync(
        async connection =>
        {
            await using var command = Command(connection, sql, parameters);
            return await command.ExecuteScalarAsync(cancellationToken) is string document ? JobJson.Read(document) : null;
        },
        cancellationToken);

    private Task<IReadOnlyList<Job>> AllAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken) => AskAsync<IReadOnlyList<Job>>(
        async connection =>
        {
            var all = new List<Job>();
            await using var command = Command(connection, sql, parameters);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                all.Add(JobJson.Read(reader.GetString(0)));
            }

            return all;
        },
        cancellationToken);

    private Task<T> StepAsync<T>(Func<NpgsqlConnection, NpgsqlTransaction, Task<T>> step, CancellationToken cancellationToken) => AskAsync(
        async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            return await step(connection, transaction);
        },
        cancellationToken);

    // What pooled connections do not know yet is that their database was started anew: they break once each. Every step may be
    // taken twice: an answer may be lost after it was taken.
    private async Task<T> AskAsync<T>(Func<NpgsqlConnection, Task<T>> question, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await PrepareAsync(cancellationToken);
                await using var connection = await _database.OpenConnectionAsync(cancellationToken);
                return await question(connection);
            }
            catch (Exception error) when (attempt < Attempts && PostgresErrors.IsBrokenConnection(error))
            {
                _database.Clear();
            }
            catch (Exception error) when (PostgresErrors.IsDatabase(error))
            {
                throw PostgresErrors.Translate(error);
            }
        }
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _listener) is not null)
        {
            return;
        }

        await _first.WaitAsync(cancellationToken);
        try
        {
            if (_listener is null)
            {
                await _schema.UpdateAsync(_database, cancellationToken);
                Volatile.Write(ref _listener, new PostgresListener(_database, _schema.Channel, Signals));
            }
        }
        finally
        {
            _first.Release();
        }
    }

    private void Tell(Job? job)
    {
        if (job is not null)
        {
            Signals.Changed(job.Id, job.State);
        }
    }

    private static NpgsqlParameter[] Columns(Job job) =>
    [
        Value(NpgsqlDbType.Smallint, (short)job.State),
        Time(job.Created.ToUniversalTime()),
        Time(job.Lease?.Until.ToUniversalTime() ?? (object)DBNull.Value),
        Time(job.Due.ToUniversalTime()),
        Text(Encoding.UTF8.GetString(JobJson.Write(job))),
    ];

    private static NpgsqlParameter Time(object value) => Value(NpgsqlDbType.TimestampTz, value);

    private static NpgsqlParameter Text(string value) => Value(NpgsqlDbType.Text, value);

    private static NpgsqlParameter Value(NpgsqlDbType type, object value) => new() { NpgsqlDbType = type, Value = value };

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        // Copies: a question that is asked again may not hand in the same ones.
        command.Parameters.AddRange(Array.ConvertAll(parameters, parameter => parameter.Clone()));
        return command;
    }
}
