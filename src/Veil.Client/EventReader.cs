using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Veil.Client;

/// <summary>Reads server-sent events.</summary>
internal static class EventReader
{
    /// <summary>The events of a stream, until it ends.</summary>
    public static async IAsyncEnumerable<(long Id, string Kind, string Data)> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var (id, kind, data) = (0L, "", new StringBuilder());
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (line.Length == 0)
            {
                if (data.Length > 0)
                {
                    yield return (id, kind, data.ToString());
                }

                (kind, _) = ("", data.Clear());
                continue;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var (field, value) = colon < 0 ? (line, "") : (line[..colon], line[(colon + 1)..].TrimStart(' '));
            switch (field)
            {
                case "id" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                    id = number;
                    break;
                case "event":
                    kind = value;
                    break;
                case "data":
                    data.Append(value);
                    break;
                default:
                    break;
            }
        }
    }
}
