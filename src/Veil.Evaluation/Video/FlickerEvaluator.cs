using System.Numerics;
using Veil.Identity;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Evaluation.Video;

/// <summary>
/// Measures how much faces change from frame to frame, in a film and in its anonymized output, with the person's movement undone.
/// The movement is told from the original's pixels (<see cref="PatchMotion"/>), not from boxes and points: what is drawn follows these,
/// trembles with them, and would seem to keep still. A recognition network tells whether a track keeps one face. Frames are given in
/// order; memory depends on the number of tracks, and by a few numbers on that of frames. Not thread-safe.
/// </summary>
/// <param name="embed">The recognition network; null to measure no identity.</param>
/// <param name="smallestFace">Tracks whose median shorter side is below this are left out, pixels.</param>
/// <param name="every">The network looks at every n-th frame; 1 or more.</param>
public sealed class FlickerEvaluator(FaceEmbed? embed, float smallestFace, int every)
{
    /// <summary>From this cosine on SFace calls two faces one person's (its authors' figure).</summary>
    public const double SamePerson = 0.363;

    private const int LargestSide = 64;

    private readonly SortedDictionary<int, Followed> _tracks = [];

    /// <summary>Takes the next frame.</summary>
    /// <param name="original">Only read.</param>
    /// <param name="output">Of the same size and index; only read.</param>
    /// <param name="regions">The regions of the frame as found; those without a track are left out.</param>
    public void Add(Frame original, Frame output, IReadOnlyList<Region> regions)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(regions);
        var picture = new Box(0, 0, original.Width, original.Height);
        var faces = regions.Where(region => region is { Kind: RegionKind.Face, Track: not null } && !region.Box.Intersect(picture).IsEmpty && Side(region.Box) >= smallestFace / 2).ToList();
        if (faces.Count == 0)
        {
            return;
        }

        using var before = PixelConversion.ToRgb24(original.Pixels);
        using var after = PixelConversion.ToRgb24(output.Pixels);
        foreach (var face in faces)
        {
            var track = face.Track!.Value;
            if (!_tracks.TryGetValue(track, out var followed))
            {
                _tracks.Add(track, followed = new Followed());
            }

            followed.Add(original.Index, face.Box, before, after);
            if (embed is not null && original.Index % every == 0 && (face.Points?.ToLandmarks() ?? face.Landmarks) is { } points && FaceAlignment.Of(points) is { } alignment)
            {
                using var was = alignment.Cut(original, out _);
                using var shown = alignment.Cut(output, out _);
                followed.Add(embed(was), embed(shown));
            }
        }
    }

    private static float Side(Box box) => Math.Min(box.Width, box.Height);

    /// <summary>What was found.</summary>
    public FlickerReport Report()
    {
        var counted = _tracks.Where(track => track.Value.Pairs > 0 && track.Value.Size >= smallestFace).ToList();
        var means = counted.Select(track => track.Value.MeanFace).OfType<FaceEmbedding>().ToList();
        var alike = from i in Enumerable.Range(0, means.Count) from j in Enumerable.Range(0, i) select (double)means[i].Similarity(means[j]);
        return new FlickerReport(smallestFace, [.. counted.Select(track => track.Value.Summarize(track.Key))], means.Count < 2 ? null : alike.Max());
    }

    /// <summary>One track.</summary>
    private sealed class Followed
    {
        private readonly List<float> _sizes = [];
        private readonly List<(float Original, float Output, double Shake, int Frame)> _changes = [];
        private readonly List<(float LikeFirst, float OriginalLikeFirst, float LikeOriginal)> _likeness = [];
        private (int Frame, Box Box, Matrix3x2 Place, FacePatch Original, FacePatch Coarse, FacePatch Output, FacePatch CoarseOutput)? _last;
        private (FaceEmbedding Original, FaceEmbedding Output)? _first;
        private float[]? _sum;

        public int Pairs => _changes.Count;

        public float Size => _sizes.Order().ElementAt(_sizes.Count / 2);

        public FaceEmbedding? MeanFace => _sum is null ? null : FaceEmbedding.Of(_sum);

        public void Add(int frame, Box box, PixelBuffer original, PixelBuffer output)
        {
            _sizes.Add(Side(box));
            if (_last is { } last && last.Frame + 1 == frame)
            {
                var scale = MathF.Sqrt(box.Area / last.Box.Area);
                var expected = last.Place * Matrix3x2.CreateTranslation(-last.Box.CenterX, -last.Box.CenterY) * Matrix3x2.CreateScale(scale) * Matrix3x2.CreateTranslation(box.CenterX, box.CenterY);
                var side = last.Original.Side;
                var place = PatchMotion.Follow(last.Original, last.Coarse, original, side, expected);
                var drawn = PatchMotion.Follow(last.Output, last.CoarseOutput, output, side, place);
                _changes.Add((
                    FacePatch.Cut(original, side, place).DifferenceFrom(last.Original), FacePatch.Cut(output, side, place).DifferenceFrom(last.Output),
                    Distance(place, drawn, side) / box.LongSide, frame));
            }

            var now = Math.Clamp((int)box.LongSide, 8, LargestSide);
            var toPicture = Matrix3x2.CreateScale(box.Width / now, box.Height / now) * Matrix3x2.CreateTranslation(box.Left, box.Top);
            _last = (frame, box, toPicture, FacePatch.Cut(original, now, toPicture), PatchMotion.Coarse(original, now, toPicture),
                FacePatch.Cut(output, now, toPicture), PatchMotion.Coarse(output, now, toPicture));
        }

        public void Add(FaceEmbedding? original, FaceEmbedding? output)
        {
            if (original is null || output is null)
            {
                return;
            }

            var first = _first ??= (original, output);
            _likeness.Add((output.Similarity(first.Output), original.Similarity(first.Original), output.Similarity(original)));
            _sum ??= new float[output.Dimensions];
            var values = output.ToArray();
            for (var i = 0; i < values.Length; i++)
            {
                _sum[i] += values[i];
            }
        }

        public TrackFlicker Summarize(int track)
        {
            var largest = _changes.MaxBy(change => change.Output);
            return new TrackFlicker(
                track, Size, Pairs, _changes.Average(change => (double)change.Original), _changes.Average(change => (double)change.Output), largest.Output, largest.Frame,
                Math.Sqrt(_changes.Average(change => change.Shake * change.Shake)), Identity());
        }

        private TrackIdentity? Identity() => _likeness.Count == 0 ? null : new TrackIdentity(
            _likeness.Count, _likeness.Min(one => one.LikeFirst), _likeness.Average(one => one.LikeFirst), _likeness.Count(one => one.LikeFirst < SamePerson),
            _likeness.Count(one => one.OriginalLikeFirst < SamePerson),
            _likeness.Max(one => one.LikeOriginal), _likeness.Average(one => one.LikeOriginal), _likeness.Count(one => one.LikeOriginal >= SamePerson));

        // Root mean square over the corners of the face's ellipse.
        private static double Distance(Matrix3x2 a, Matrix3x2 b, int side)
        {
            Vector2[] points = [new(side / 2f, 0), new(side, side / 2f), new(side / 2f, side), new(0, side / 2f)];
            return Math.Sqrt(points.Average(point => (Vector2.Transform(point, a) - Vector2.Transform(point, b)).LengthSquared()));
        }
    }
}
