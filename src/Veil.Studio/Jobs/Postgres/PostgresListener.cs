using System.Globalization;
using Npgsql;

namespace Veil.Studio.Jobs.Postgres;

/// <summary>
/// Hears on a connection of its own what other servers have changed, and passes it on. While it is cut off nobody is told anything,
/// which is why whoever waits also looks for themselves; once it is back everybody is woken.
/// </summary>
internal sealed class PostgresListener : IAsyncDisposable
{
    private readonly NpgsqlDataSource _database;
    private readonly string _channel;
    private readonly JobSignals _signals;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _listening;

    /// <summary>Begins to listen.</summary>
    public PostgresListener(NpgsqlDataSource database, string channel, JobSignals signals)
    {
        (_database, _channel, _signals) = (database, channel, signals);
        _listening = Task.Run(ListenAsync);
    }

    /// <summary>What is said of a job.</summary>
    public static string Message(Job job) => string.Create(CultureInfo.InvariantCulture, $"{(int)job.State} {job.Id}");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _listening;
        _end.Dispose();
    }

    private async Task ListenAsync()
    {
        for (var failures = 0; !_end.IsCancellationRequested; failures++)
        {
            try
            {
                await using var connection = await _database.OpenConnectionAsync(_end.Token);
                connection.Notification += (_, message) => Hear(message.Payload);
                await using (var listen = new NpgsqlCommand($"LISTEN \"{_channel}\"", connection))
                {
                    await listen.ExecuteNonQueryAsync(_end.Token);
                }

                failures = 0;
                _signals.Everything();
                while (true)
                {
                    await connection.WaitAsync(_end.Token);
                }
            }
            catch (OperationCanceledException) when (_end.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (PostgresErrors.IsDatabase(error))
            {
                // Those who use the store are told; here it is only tried again, in real time whatever the store's clock is.
                await Task.Delay(StorePatience.After(failures), _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Hear(string payload)
    {
        if (payload.Split(' ') is [var state, var id] && JobId.TryParse(id) is { } job && int.TryParse(state, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            _signals.Changed(job, (JobState)number);
        }
    }
}
