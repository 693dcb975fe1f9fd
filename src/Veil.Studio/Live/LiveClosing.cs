using System.Net.WebSockets;

namespace Veil.Studio.Live;

/// <summary>Why a socket is closed.</summary>
/// <param name="Status">As the protocol has it.</param>
/// <param name="Reason">In a word, for the page.</param>
internal sealed record LiveClosing(WebSocketCloseStatus Status, string Reason)
{
    /// <summary>The page was left.</summary>
    public static LiveClosing Ended { get; } = new(WebSocketCloseStatus.NormalClosure, "ended");

    /// <summary>A message that is not binary.</summary>
    public static LiveClosing NotBinary { get; } = new(WebSocketCloseStatus.InvalidMessageType, "not-binary");

    /// <summary>A message that is larger than any frame.</summary>
    public static LiveClosing TooLarge { get; } = new(WebSocketCloseStatus.MessageTooBig, "too-large");

    /// <summary>A number that does not follow the last one's.</summary>
    public static LiveClosing WrongOrder { get; } = new(WebSocketCloseStatus.InvalidPayloadData, "wrong-order");

    /// <summary>Not a JPEG, or a broken one.</summary>
    public static LiveClosing NotAFrame { get; } = new(WebSocketCloseStatus.InvalidPayloadData, "not-a-frame");

    /// <summary>What should be a recording is none.</summary>
    public static LiveClosing NotARecording { get; } = new(WebSocketCloseStatus.InvalidPayloadData, "not-a-recording");

    /// <summary>A recording found no room on the disk, or less than is kept free.</summary>
    public static LiveClosing NoRoom { get; } = new(WebSocketCloseStatus.InternalServerError, "no-room");

    /// <summary>The session broke.</summary>
    public static LiveClosing Broken { get; } = new(WebSocketCloseStatus.InternalServerError, "broken");
}
