using System.Net.Sockets;
using Npgsql;
using Veil.Errors;

namespace Veil.Studio.Jobs.Postgres;

/// <summary>What PostgreSQL and the way to it say, in words of ours.</summary>
internal static class PostgresErrors
{
    /// <summary>True for what a database or the connection to it throws.</summary>
    public static bool IsDatabase(Exception error) => error is NpgsqlException or SocketException or IOException or TimeoutException;

    /// <summary>True when the connection broke, so that asking again on a new one may do.</summary>
    public static bool IsBrokenConnection(Exception error) =>
        error is NpgsqlException { IsTransient: true } or SocketException or IOException
            or PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow };

    /// <summary>The error to show instead. Passwords are never part of what the database says.</summary>
    public static VeilException Translate(Exception error) => error is PostgresException { SqlState: PostgresErrorCodes.DiskFull }
        ? new VeilException(VeilErrorCode.StorageFull, "The database that keeps the jobs has no room left on its disk.", "Give its disk more room.", error)
        : new VeilException(
            VeilErrorCode.StoreUnavailable,
            error is PostgresException said ? $"The database that keeps the jobs refuses: {said.MessageText}." : "The database that keeps the jobs cannot be reached.",
            "Check that PostgreSQL runs, and the connection string, user and password that this server was given.",
            error);
}
