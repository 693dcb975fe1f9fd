using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace Veil.Pipeline.Isolation;

/// <summary>
/// The language between a run and its worker processes, over the worker's standard input and output: messages of four
/// bytes of length (little-endian) and a JSON object in UTF-8.
/// </summary>
/// <remarks>
/// worker: <c>{"ready":1,"options":HASH,"sandbox":LAYERS}</c> or <c>{"unfit":CODE,"message":…,"hint":…}</c>, once;
/// parent: <c>{"path":…,"name":…,"origin":…,"target":…,"order":…}</c>; worker: <c>{"beat":FRAMES,"of":FRAMES}</c> now and then while
/// frames are getting done, and a result, see <see cref="ResultMessage"/>; and so on, until the parent closes the worker's
/// input.
/// </remarks>
internal static class WorkerProtocol
{
    /// <summary>Both sides are the same program; another number is a mixed-up installation.</summary>
    public const int Version = 4;

    /// <summary>Longer messages are not believed.</summary>
    public const int LongestMessage = 256 << 20;

    private const int LengthBytes = 4;

    /// <summary>Writes a message.</summary>
    /// <exception cref="IOException">The other side is gone.</exception>
    public static void Write(Stream stream, Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.GetSpan(LengthBytes)[..LengthBytes].Clear();
        buffer.Advance(LengthBytes);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        var message = buffer.WrittenSpan.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(message, message.Length - LengthBytes);
        stream.Write(message);
        stream.Flush();
    }

    /// <summary>Reads a message; null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">What came is no message.</exception>
    /// <exception cref="IOException">The other side is gone.</exception>
    public static async Task<JsonDocument?> ReadAsync(Stream stream)
    {
        var head = new byte[LengthBytes];
        var read = await stream.ReadAtLeastAsync(head, LengthBytes, throwOnEndOfStream: false).ConfigureAwait(false);
        if (read == 0)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (read < LengthBytes || length is < 2 or > LongestMessage)
        {
            throw new InvalidDataException($"Expected a message of up to {LongestMessage} bytes, but received {length}.");
        }

        var content = new byte[length];
        if (await stream.ReadAtLeastAsync(content, length, throwOnEndOfStream: false).ConfigureAwait(false) < length)
        {
            return null;
        }

        try
        {
            var json = JsonDocument.Parse(content);
            return json.RootElement.ValueKind == JsonValueKind.Object ? json : throw new InvalidDataException("Expected an object.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException("Expected a JSON message.", error);
        }
    }
}
