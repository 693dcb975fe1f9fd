using System.Collections.Immutable;
using System.Numerics;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Anonymization.Synthesis;

/// <summary>
/// What shows around a covered face: colours that go on into it, skin in the same light, hair. Only pixels that no region
/// covers are looked at.
/// </summary>
internal sealed class Surroundings
{
    // How far around the mask is looked, as a share of the region's longer side.
    private const float Around = 0.36f;

    // Cells along the region's longer side: colours that go on into a face are smooth.
    private const int Cells = 72;

    private const int Directions = 256;
    private const float GreyDifference = 5;

    // Where hair shows beside a face, in FaceFrame's lengths; looked for from there outwards.
    private static readonly Vector2[] HairWays = [new(-1.05f, -1.1f), new(0, -1.6f), new(1.05f, -1.1f)];

    private readonly PixelBuffer _picture;
    private readonly RegionMask _coverage;
    private readonly PixelRect _area;
    private readonly float[] _colours;
    private readonly int _columns;
    private readonly int _rows;
    private readonly int _cell;

    private Surroundings(PixelBuffer picture, RegionMask coverage, PixelRect area, int cell)
    {
        (_picture, _coverage, _area, _cell) = (picture, coverage, area, cell);
        (_columns, _rows) = ((area.Width + cell - 1) / cell, (area.Height + cell - 1) / cell);
        _colours = new float[_columns * _rows * 3];
    }

    /// <summary>True where something shows.</summary>
    public bool HasColours { get; private set; }

    /// <summary>Mean brightness of what shows, 0..255; null where nothing does.</summary>
    public float? Luma { get; private set; }

    /// <summary>True where something shows and all of it is grey.</summary>
    public bool IsGrey { get; private set; }

    /// <summary>Standard deviation of the noise of what shows, 0..255.</summary>
    public float Grain => GrainMeter.Measure(_picture, _area, Shows);

    /// <summary>Blur of the sharpest edges that show, pixels; null where there are hardly any.</summary>
    public float? Blur => SharpnessMeter.Measure(_picture, _area, Shows);

    /// <summary>The pixels that are looked at for a region; may reach over the picture's border.</summary>
    public static PixelRect Reads(Region region, RegionMask mask) => mask.Bounds.Inflate((int)MathF.Ceiling(Around * LongSide(region)) + 2);

    /// <summary>Looks around a canvas.</summary>
    public static Surroundings Of(CoveredScene scene, RegionCanvas canvas)
    {
        var area = Reads(canvas.Region, canvas.Mask).Intersect(scene.Original.Bounds);
        var cell = Math.Max(1, (int)(canvas.LongSide / Cells));
        var surroundings = new Surroundings(scene.Original, scene.CoverageIn(area), area, cell);
        surroundings.Spread();
        return surroundings;
    }

    /// <summary>Whether a pixel of the picture shows, and was looked at.</summary>
    public bool Shows(int x, int y) =>
        x >= _area.Left && y >= _area.Top && x < _area.Right && y < _area.Bottom && _coverage[x, y] == 0;

    /// <summary>The surroundings' colour, going on smoothly into what is covered; black where nothing shows.</summary>
    /// <param name="x">In the picture.</param>
    /// <param name="y">In the picture.</param>
    public Vector3 ColourAt(float x, float y)
    {
        var u = Math.Clamp(((x - _area.Left) / _cell) - 0.5f, 0, _columns - 1);
        var v = Math.Clamp(((y - _area.Top) / _cell) - 0.5f, 0, _rows - 1);
        var (left, top) = ((int)u, (int)v);
        var (right, low) = (Math.Min(left + 1, _columns - 1), Math.Min(top + 1, _rows - 1));
        return Vector3.Lerp(
            Vector3.Lerp(Cell(left, top), Cell(right, top), u - left),
            Vector3.Lerp(Cell(left, low), Cell(right, low), u - left),
            v - top);
    }

    /// <summary>A pixel that shows; null for others.</summary>
    public Vector3? PixelAt(float x, float y)
    {
        var (column, row) = ((int)MathF.Floor(x), (int)MathF.Floor(y));
        return Shows(column, row) ? ColourOf(column, row) : null;
    }

    /// <summary>Where, from a point on, the first pixels show.</summary>
    /// <param name="centre">In the picture; what is covered should lie around it.</param>
    public PolarContour Rim(Vector2 centre)
    {
        var radii = new float[Directions];
        var most = Math.Max(_area.Width, _area.Height) * 1.5f;
        for (var i = 0; i < Directions; i++)
        {
            var (sine, cosine) = MathF.SinCos(MathF.Tau * i / Directions);
            radii[i] = Distance(centre, new Vector2(cosine, sine), 0, most) ?? most;
        }

        return PolarContour.Of(centre, radii);
    }

    /// <summary>The colours that show nearest to where hair is: on the left, above, on the right; null where nothing shows.</summary>
    public ImmutableArray<Vector3?> Hair(FaceFrame frame) => [.. HairWays.Select(way =>
    {
        var place = frame.ToPicture(way.X, way.Y);
        var outwards = Vector2.Normalize(place - frame.Centre);
        var length = frame.Down.Length();
        if (Distance(place, outwards, 0, 2 * length) is not { } distance)
        {
            return (Vector3?)null;
        }

        var meter = default(ColourMeter);
        for (var step = 0; step < 12; step++)
        {
            for (var aside = -1; aside <= 1; aside++)
            {
                var at = place + (outwards * (distance + (0.02f * step * length))) + (new Vector2(-outwards.Y, outwards.X) * (0.08f * aside * length));
                var (x, y) = ((int)MathF.Floor(at.X), (int)MathF.Floor(at.Y));
                if (Shows(x, y))
                {
                    meter.Add(_picture.Row(y).Slice(3 * x, 3));
                }
            }
        }

        return meter.Count > 0 ? meter.Statistics.Mean : null;
    })];

    /// <summary>The mean colour of the skin that shows below a face; null where there is too little that could be its skin.</summary>
    public Vector3? Neck(FaceFrame frame, PlaceTone tone)
    {
        const int samples = 30;
        var meter = default(ColourMeter);
        for (var i = 0; i < samples * samples; i++)
        {
            var at = frame.ToPicture((((i % samples) + 0.5f) / samples * 1.5f) - 0.75f, 1.3f + (((i / samples) + 0.5f) / samples * 1.7f));
            var (x, y) = ((int)MathF.Floor(at.X), (int)MathF.Floor(at.Y));
            if (Shows(x, y))
            {
                var pixel = _picture.Row(y).Slice(3 * x, 3);
                if (tone.Suits(ColourStatistics.Opponents(pixel[0], pixel[1], pixel[2])))
                {
                    meter.Add(pixel);
                }
            }
        }

        return meter.Count >= samples * samples / 30 ? meter.Statistics.Mean : null;
    }

    private static float LongSide(Region region) => Math.Max(1, (region.Reference ?? region.Box).LongSide);

    private float? Distance(Vector2 from, Vector2 direction, float start, float most)
    {
        for (var distance = start; distance < most; distance++)
        {
            var at = from + (direction * distance);
            if (Shows((int)MathF.Floor(at.X), (int)MathF.Floor(at.Y)))
            {
                return distance;
            }
        }

        return null;
    }

    private Vector3 Cell(int column, int row) => new(_colours.AsSpan(((row * _columns) + column) * 3, 3));

    private Vector3 ColourOf(int x, int y)
    {
        var pixel = _picture.Row(y).Slice(3 * x, 3);
        return new Vector3(pixel[0], pixel[1], pixel[2]);
    }

    private void Spread()
    {
        var counts = new int[_columns * _rows];
        IsGrey = true;
        var meter = default(ColourMeter);
        for (var y = _area.Top; y < _area.Bottom; y++)
        {
            var coverage = _coverage.Row(y);
            var row = _picture.Row(y).Slice(_area.Left * 3, _area.Width * 3);
            for (var x = 0; x < _area.Width; x++)
            {
                if (coverage[x] != 0)
                {
                    continue;
                }

                var cell = ((y - _area.Top) / _cell * _columns) + (x / _cell);
                counts[cell]++;
                var pixel = row.Slice(x * 3, 3);
                meter.Add(pixel);
                for (var c = 0; c < 3; c++)
                {
                    _colours[(cell * 3) + c] += pixel[c];
                }

                IsGrey &= Math.Abs(pixel[0] - pixel[1]) <= GreyDifference && Math.Abs(pixel[2] - pixel[1]) <= GreyDifference;
            }
        }

        var known = new byte[counts.Length];
        for (var cell = 0; cell < counts.Length; cell++)
        {
            known[cell] = counts[cell] > 0 ? (byte)1 : (byte)0;
            for (var c = 0; c < 3; c++)
            {
                _colours[(cell * 3) + c] /= Math.Max(1, counts[cell]);
            }
        }

        HasColours = known.Contains((byte)1);
        IsGrey &= HasColours;
        Luma = HasColours ? meter.Statistics.Mean.X : null;
        Membrane.Fill(_colours, known, _columns, _rows, 3, float.PositiveInfinity);
    }
}
