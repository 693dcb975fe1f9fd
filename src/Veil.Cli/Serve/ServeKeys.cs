using System.Globalization;
using Veil.Cli.Output;
using Veil.Studio.Api;
using Veil.Studio.Api.Keys;

namespace Veil.Cli.Serve;

/// <summary>Makes, lists and revokes API keys.</summary>
internal static class ServeKeys
{
    public static int Add(string? data, string name, int? days)
    {
        var key = File(data).Add(name, days is { } number ? TimeSpan.FromDays(number) : null);
        Console.Out.WriteLine(key.Text);
        Console.Error.WriteLine("veil: this is the only time that the key is shown. Send it as 'Authorization: Bearer KEY'.");
        return ExitCode.Done;
    }

    public static int List(string? data)
    {
        var now = DateTimeOffset.UtcNow;
        Table.Write(
            ["name", "id", "made", "valid until", "state"],
            File(data).List().Select(key => new[] { key.Name, key.Id, Day(key.Created), key.Expires is { } end ? Day(end) : "", key.IsValid(now) ? "valid" : key.Revoked is null ? "expired" : "revoked" }));
        return ExitCode.Done;
    }

    public static int Revoke(string? data, string name)
    {
        File(data).Revoke(name);
        Console.Error.WriteLine("veil: the key is revoked.");
        return ExitCode.Done;
    }

    private static ApiKeyFile File(string? data) => new(Path.GetFullPath(data ?? ApiOptions.DefaultDataFolder), TimeProvider.System);

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
