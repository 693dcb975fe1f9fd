using Veil.Regions;

namespace Veil.Studio.Films.Tracks;

/// <summary>A track as the browser draws it: from its first frame to its last, four numbers and two letters each.</summary>
/// <param name="Id">Its number.</param>
/// <param name="First">Its first frame.</param>
/// <param name="Boxes">Left, top, right, bottom of every frame, rounded to tenths; zeros where it has no place.</param>
/// <param name="Origins"><c>f</c> found, <c>i</c> filled in, <c>k</c> keyframe, <c>b</c> from keyframes, <c>.</c> no place.</param>
/// <param name="Covers"><c>1</c> covered, <c>0</c> clear.</param>
internal sealed record TrackDrawing(int Id, int First, float[] Boxes, string Origins, string Covers)
{
    private const int Edges = 4;

    /// <summary>Draws a track.</summary>
    public static TrackDrawing Of(FilmTrack track)
    {
        var span = track.Span;
        var (boxes, origins, covers) = (new float[Edges * span.Count], new string('.', span.Count).ToCharArray(), new string('0', span.Count).ToCharArray());
        foreach (var place in track.Places)
        {
            var at = place.Frame - span.First;
            Write(boxes.AsSpan(Edges * at, Edges), place.Region.Region.Box);
            origins[at] = place.Origin switch
            {
                PlaceOrigin.Found => 'f',
                PlaceOrigin.FilledIn => 'i',
                PlaceOrigin.Keyframe => 'k',
                _ => 'b',
            };
            covers[at] = place.IsCovered ? '1' : '0';
        }

        return new TrackDrawing(track.Id, span.First, boxes, new string(origins), new string(covers));
    }

    private static void Write(Span<float> edges, Box box)
    {
        (edges[0], edges[1]) = (MathF.Round(box.Left, 1), MathF.Round(box.Top, 1));
        (edges[2], edges[3]) = (MathF.Round(box.Right, 1), MathF.Round(box.Bottom, 1));
    }
}
