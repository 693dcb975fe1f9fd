using System.Buffers.Binary;
using System.Text;

namespace Veil.Video.Proxies;

/// <summary>A piece of a film as a fragmented MP4 (ISO/IEC 14496-12): what a player has to know, then its frames, each at its exact time.</summary>
internal static class ProxyFile
{
    private const int SampleIsKey = 0x02000000;
    private const int SampleIsNoKey = 0x01010000;
    private const int DefaultBaseIsMoof = 0x020000;
    private const int HasOffsetDurationSizeFlags = 0x000701;

    /// <summary>Puts a piece together.</summary>
    /// <param name="head">What ffmpeg wrote before the frames.</param>
    /// <param name="frames">Coded frames.</param>
    /// <param name="segments">When they are shown.</param>
    /// <param name="segment">Which piece.</param>
    public static byte[] Write(byte[] head, IReadOnlyList<byte[]> frames, ProxySegments segments, int segment)
    {
        using var file = new MemoryStream();
        file.Write(head);
        var run = new MemoryStream();
        Number(run, HasOffsetDurationSizeFlags);
        Number(run, frames.Count);
        var offsetAt = run.Position;
        Number(run, 0);
        for (var i = 0; i < frames.Count; i++)
        {
            var frame = ProxySegments.First(segment) + i;
            Number(run, (int)(segments.TickOf(frame + 1) - segments.TickOf(frame)));
            Number(run, frames[i].Length);
            Number(run, i % ProxySegments.KeyEvery == 0 ? SampleIsKey : SampleIsNoKey);
        }

        byte[] time = new byte[12];
        time[0] = 1;
        BinaryPrimitives.WriteInt64BigEndian(time.AsSpan(4), segments.TickOf(ProxySegments.First(segment)));
        var before = Box("mfhd", Words(0, segment + 1));
        byte[] track = [.. Box("tfhd", Words(DefaultBaseIsMoof, 1)), .. Box("tfdt", time)];

        // Frames lie behind this box: moof, mfhd, traf with tfhd, tfdt and trun, and the head of mdat.
        const int head8 = 8;
        var size = head8 + before.Length + head8 + track.Length + head8 + (int)run.Length;
        run.Position = offsetAt;
        Number(run, size + head8);
        file.Write(Box("moof", [.. before, .. Box("traf", [.. track, .. Box("trun", run.ToArray())])]));
        Number(file, head8 + frames.Sum(frame => frame.Length));
        file.Write("mdat"u8);
        foreach (var frame in frames)
        {
            file.Write(frame);
        }

        return file.ToArray();
    }

    /// <summary>What browsers want to know of the coding, e.g. <c>video/mp4; codecs="avc1.64001f"</c>.</summary>
    /// <param name="head">Of any piece.</param>
    public static string MediaType(ReadOnlySpan<byte> head)
    {
        // After the name: version, then profile, constraints and level, which the name of the codec repeats.
        var at = head.IndexOf("avcC"u8);
        return at < 0 ? "video/mp4; codecs=\"vp09.00.41.08\"" : $"video/mp4; codecs=\"avc1.{Convert.ToHexStringLower(head.Slice(at + 5, 3))}\"";
    }

    private static byte[] Words(params ReadOnlySpan<int> numbers)
    {
        using var bytes = new MemoryStream();
        foreach (var number in numbers)
        {
            Number(bytes, number);
        }

        return bytes.ToArray();
    }

    private static byte[] Box(string name, byte[] body)
    {
        var box = new byte[8 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        Encoding.ASCII.GetBytes(name, box.AsSpan(4));
        body.CopyTo(box, 8);
        return box;
    }

    private static void Number(Stream stream, int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        stream.Write(bytes);
    }
}
