using Veil.Errors;
using Veil.Video.Live;
using Veil.Video.Planar;

namespace Veil.Video.Tests.Live;

/// <summary>Plays marked frames at a rate, connection after connection, until the last has ended.</summary>
/// <param name="connections">Frames of each; the size of the next may be another.</param>
internal sealed class FakeSource(params FakeSource.Connection[] connections) : ILiveSource
{
    private int _opened;
    private int _sent;

    /// <summary>Its end is the end from the beginning on.</summary>
    public bool IsFile { get; init; }

    /// <summary>Runs before a connection opens.</summary>
    public Action? Opening { get; init; }

    /// <summary>True as soon as the last connection is open: its end is the end.</summary>
    public bool IsFinite => IsFile || _opened >= connections.Length;

    /// <summary>Time between frames.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(16);

    /// <summary>Connections that are open.</summary>
    public int Open { get; private set; }

    /// <summary>Frames of all connections that were handed over.</summary>
    public int Sent => Volatile.Read(ref _sent);

    ILiveCapture ILiveSource.Open(PlanarGeometry? fit, CancellationToken cancellationToken)
    {
        Opening?.Invoke();
        var connection = connections[_opened++];
        if (connection.IsAbsent)
        {
            throw new VeilException(VeilErrorCode.UnreadableInput, "nobody there");
        }

        Open++;
        return new Capture(this, connection);
    }

    /// <summary>What one connection plays.</summary>
    /// <param name="Frames">How many frames at least.</param>
    /// <param name="Width">Columns.</param>
    internal sealed record Connection(int Frames, int Width = 96)
    {
        /// <summary>Frames go on coming until this is true; asked before each.</summary>
        public Func<bool> Until { get; init; } = () => true;

        /// <summary>Fails to open.</summary>
        public bool IsAbsent { get; init; }

        /// <summary>Sends nothing after its frames, instead of ending.</summary>
        public bool IsSilent { get; init; }
    }

    private sealed class Capture(FakeSource source, Connection connection) : ILiveCapture
    {
        private readonly FramePool _pool = MarkedFrames.Pool(connection.Width);
        private readonly ManualResetEventSlim _aborted = new();
        private int _index;

        public PlanarFrame? Read()
        {
            if (_aborted.Wait(source.Interval))
            {
                return null;
            }

            if (_index >= connection.Frames && connection.Until())
            {
                if (connection.IsSilent)
                {
                    _aborted.Wait();
                }

                return null;
            }

            // Slowly to and fro, as people move.
            var place = 10 + (Math.Abs((_index % 80) - 40) / 2);
            Interlocked.Increment(ref source._sent);
            return MarkedFrames.Frame(_pool, _index++, place, place / 2);
        }

        public void Abort() => _aborted.Set();

        public void Dispose() => source.Open--;
    }
}
