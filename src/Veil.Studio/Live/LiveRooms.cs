using System.Collections.Concurrent;
using Veil.Video.Live;

namespace Veil.Studio.Live;

/// <summary>The live rooms of all open pages. Thread-safe.</summary>
internal sealed class LiveRooms
{
    /// <summary>Cameras that are served at a time: each takes a processor core or more.</summary>
    public const int MostServed = 2;

    private readonly ConcurrentDictionary<string, LiveRoom> _rooms = new(StringComparer.Ordinal);
    private int _served;

    /// <summary>Makes what treats frames as the user chose.</summary>
    public Func<LiveChoice, CancellationToken, (LiveTreatment Treatment, IReadOnlyList<string> Warnings)> Prepare { get; set; } = LiveMethods.Prepare;

    /// <summary>Cameras that are served now.</summary>
    public int Served => Volatile.Read(ref _served);

    /// <summary>Whether another camera would be refused.</summary>
    public bool AreFull => Served >= MostServed;

    /// <summary>A room for a page.</summary>
    public LiveRoom Open()
    {
        var room = new LiveRoom(this);
        _rooms[room.Id] = room;
        return room;
    }

    /// <summary>The room of a socket's address, or null.</summary>
    public LiveRoom? Find(string id) => _rooms.GetValueOrDefault(id);

    internal void Forget(LiveRoom room) => _rooms.TryRemove(room.Id, out _);

    internal bool TryEnter()
    {
        if (Interlocked.Increment(ref _served) <= MostServed)
        {
            return true;
        }

        Leave();
        return false;
    }

    internal void Leave() => Interlocked.Decrement(ref _served);
}
