using Veil.Pipeline;

namespace Veil.Studio.Projects;

/// <summary>The frames looked at last, decoded. Who asks for one that is being decoded waits for it. Thread-safe.</summary>
/// <param name="mostBytes">How much memory they may take together.</param>
internal sealed class DecodedFrames(long mostBytes)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<(Key Key, DecodedFrame Frame)> _recent = [];
    private readonly Dictionary<Key, Task<DecodedFrame>> _underway = [];

    /// <summary>A frame, from memory or decoded now.</summary>
    public Task<DecodedFrame> GetAsync(ProjectItem item, int frame, TimeSpan? time, CancellationToken cancellationToken)
    {
        var key = new Key(item.Path, RunJournal.InputStamp(item.Path), frame);
        lock (_gate)
        {
            for (var node = _recent.First; node is not null; node = node.Next)
            {
                if (node.Value.Key == key)
                {
                    _recent.Remove(node);
                    _recent.AddFirst(node);
                    return Task.FromResult(node.Value.Frame);
                }
            }

            if (!_underway.TryGetValue(key, out var decoding))
            {
                // Not cancelled with who asked first: others may wait for it, too.
                decoding = Task.Run(() => Decode(key, item, frame, time), CancellationToken.None);
                _underway.Add(key, decoding);
            }

            return decoding.WaitAsync(cancellationToken);
        }
    }

    private DecodedFrame Decode(Key key, ProjectItem item, int frame, TimeSpan? time)
    {
        try
        {
            var decoded = FrameDecoder.Read(item, frame, time, CancellationToken.None);
            lock (_gate)
            {
                _recent.AddFirst((key, decoded));
                for (var held = _recent.Sum(one => one.Frame.Bytes); held > mostBytes && _recent.Count > 1; _recent.RemoveLast())
                {
                    held -= _recent.Last!.Value.Frame.Bytes;
                }
            }

            return decoded;
        }
        finally
        {
            lock (_gate)
            {
                _underway.Remove(key);
            }
        }
    }

    private readonly record struct Key(string Path, string Stamp, int Frame);
}
