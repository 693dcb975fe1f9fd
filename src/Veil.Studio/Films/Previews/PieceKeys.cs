using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Veil.Regions;
using Veil.Studio.Projects;
using Veil.Video.Proxies;

namespace Veil.Studio.Films.Previews;

/// <summary>Names pieces by all that they show.</summary>
/// <param name="source">The film, as a file that may change.</param>
/// <param name="segments">Its pieces.</param>
internal sealed class PieceKeys(FileInfo source, ProxySegments segments)
{
    private const int HashBytes = 16;

    private readonly string _film = string.Create(
        CultureInfo.InvariantCulture, $"1|{source.FullName}|{(source.Exists ? source.Length : 0)}|{source.LastWriteTimeUtc.Ticks}|{segments.Times.Count}|{segments.TickOf(segments.Times.Count)}");

    private readonly Dictionary<int, (IReadOnlyList<ReviewedFrame> Frames, string Settings, string Key)> _known = [];

    /// <summary>The key of a piece of the original.</summary>
    public string Original(int segment) => Hash(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{_film}|original|{segment}")));

    /// <summary>The key of a piece of the result.</summary>
    /// <param name="segment">Which.</param>
    /// <param name="regions">All that decides what is covered.</param>
    /// <param name="settings">All that decides how, as text.</param>
    public string Result(int segment, ReviewedItem regions, string settings)
    {
        ReviewedFrame[] frames = [.. regions.Frames.Skip(ProxySegments.First(segment)).Take(segments.Frames(segment))];
        if (_known.TryGetValue(segment, out var known) && known.Settings == settings && known.Frames.SequenceEqual(frames, ReferenceEqualityComparer.Instance))
        {
            return known.Key;
        }

        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("film", _film);
            json.WriteNumber("segment", segment);
            json.WriteString("settings", settings);
            json.WriteStartArray("frames");
            foreach (var frame in frames)
            {
                json.WriteStartObject();
                RegionJson.WriteAll(json, [.. frame.Regions.Where(region => region.IsCovered).Select(region => region.Region)]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        var key = Hash(text.ToArray());
        _known[segment] = (frames, settings, key);
        return key;
    }

    private static string Hash(byte[] text) => Convert.ToHexStringLower(SHA256.HashData(text).AsSpan(0, HashBytes));
}
