namespace Veil.Video.Proxies;

/// <summary>Puts coded frames together to pieces of a film, in order.</summary>
/// <param name="frames">Comes from ffmpeg.</param>
/// <param name="segments">The film's pieces.</param>
/// <param name="first">The piece that the first frame begins.</param>
/// <param name="done">Told of each piece that is whole, with its number and file.</param>
internal sealed class SegmentCollector(CodedFrames frames, ProxySegments segments, int first, Action<int, byte[]> done)
{
    /// <summary>How many frames came.</summary>
    public int Count { get; private set; }

    /// <summary>Reads until the end.</summary>
    public void ReadAll()
    {
        var (segment, whole) = (first, new List<byte[]>());
        while (frames.Next() is { } frame)
        {
            whole.Add(frame);
            Count++;
            if (segment < segments.Count && whole.Count == segments.Frames(segment))
            {
                done(segment, ProxyFile.Write(frames.Head, whole, segments, segment));
                whole.Clear();
                segment++;
            }
        }
    }
}
