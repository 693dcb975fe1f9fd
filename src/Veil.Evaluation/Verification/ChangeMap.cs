using Veil.Imaging;
using Veil.Regions;

namespace Veil.Evaluation.Verification;

/// <summary>
/// Where a picture differs from its original. Outputs that were coded anew differ a little everywhere, so that a pixel counts as
/// changed only above the noise that the quietest quarter of the picture shows, flat parts aside: coding leaves black bars and white
/// grounds as they are, and that says nothing about the rest. For one pair of frames; not thread-safe.
/// </summary>
public sealed class ChangeMap
{
    /// <summary>Side of the tiles in which noise is told from change, pixels.</summary>
    public const int Tile = 8;

    private const float NoiseFactor = 3;
    private const float LeastAboveNoise = 3;
    private const int LeastTexture = 8;
    private const int FewestTiles = 16;

    // Above, it is no coding that made the difference: most of what is not flat was changed on purpose.
    private const float MostNoise = 12;

    private readonly byte[] _difference;
    private readonly float[] _tiles;
    private readonly int _columns;
    private readonly int _width;
    private readonly int _height;

    /// <summary>Compares.</summary>
    /// <param name="original">Rgb24.</param>
    /// <param name="output">Rgb24, of the same size.</param>
    /// <param name="faces">Where faces are, which say nothing about noise; null for none.</param>
    /// <exception cref="ArgumentException">They differ in size or format.</exception>
    public ChangeMap(PixelBuffer original, PixelBuffer output, IReadOnlyList<Box>? faces = null)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(output);
        if (original.Format != PixelFormat.Rgb24 || output.Format != PixelFormat.Rgb24 || original.Width != output.Width || original.Height != output.Height)
        {
            throw new ArgumentException($"Expected two pictures of one size in {PixelFormat.Rgb24}, but received {original.Width}×{original.Height} {original.Format} and {output.Width}×{output.Height} {output.Format}.", nameof(output));
        }

        (_width, _height) = (original.Width, original.Height);
        _columns = (_width + Tile - 1) / Tile;
        _difference = new byte[checked(_width * _height)];
        _tiles = new float[_columns * ((_height + Tile - 1) / Tile)];
        for (var y = 0; y < _height; y++)
        {
            var a = original.Row(y);
            var b = output.Row(y);
            var row = _difference.AsSpan(y * _width, _width);
            if (a[..(3 * _width)].SequenceEqual(b[..(3 * _width)]))
            {
                continue;
            }

            for (var x = 0; x < _width; x++)
            {
                var most = Math.Max(Math.Abs(a[3 * x] - b[3 * x]), Math.Max(Math.Abs(a[(3 * x) + 1] - b[(3 * x) + 1]), Math.Abs(a[(3 * x) + 2] - b[(3 * x) + 2])));
                row[x] = (byte)most;
                _tiles[(y / Tile * _columns) + (x / Tile)] += most;
            }
        }

        for (var i = 0; i < _tiles.Length; i++)
        {
            var (left, top) = (i % _columns * Tile, i / _columns * Tile);
            _tiles[i] /= Math.Min(Tile, _width - left) * Math.Min(Tile, _height - top);
        }

        var textured = Quartile([.. _tiles.Where((_, tile) => IsTextured(original, tile) && faces?.Any(face => IsIn(face, tile)) != true)]);
        Noise = textured is null or > MostNoise ? Quartile(_tiles, fewest: 1)!.Value : textured.Value;
    }

    /// <summary>Mean difference of the quietest quarter of the tiles that count, 0..255; 0 where these are equal to the bit.</summary>
    public float Noise { get; }

    /// <summary>True when a quarter of the picture or more is as it was, to the bit.</summary>
    public bool IsExact => Noise == 0;

    /// <summary>Difference of a pixel: the largest of its three channels, 0..255.</summary>
    public byte this[int x, int y] => _difference[(y * _width) + x];

    /// <summary>The changed share of a box's pixels in the picture, 0..1; 1 where it has none.</summary>
    /// <param name="box">Where.</param>
    public float Share(Box box)
    {
        var area = box.ToPixels().Intersect(new PixelRect(0, 0, _width, _height));
        if (area.IsEmpty)
        {
            return 1;
        }

        var changed = 0;
        for (var y = area.Top; y < area.Bottom; y++)
        {
            for (var x = area.Left; x < area.Right; x++)
            {
                changed += IsChanged(x, y) ? 1 : 0;
            }
        }

        return changed / (float)(area.Width * area.Height);
    }

    /// <summary>Whether a pixel was changed: at all in exact outputs, together with its tile in those coded anew.</summary>
    /// <param name="x">Column.</param>
    /// <param name="y">Row.</param>
    public bool IsChanged(int x, int y) => IsExact
        ? _difference[(y * _width) + x] > 0
        : _tiles[(y / Tile * _columns) + (x / Tile)] > Math.Max(LeastAboveNoise, NoiseFactor * Noise);

    private static float? Quartile(float[] tiles, int fewest = FewestTiles)
    {
        var sorted = tiles.Order().ToArray();
        return sorted.Length < fewest ? null : sorted[sorted.Length / 4];
    }

    private bool IsTextured(PixelBuffer original, int tile)
    {
        var (left, top) = (tile % _columns * Tile, tile / _columns * Tile);
        var (least, most) = (byte.MaxValue, byte.MinValue);
        for (var y = top; y < Math.Min(top + Tile, _height); y++)
        {
            var row = original.Row(y);
            for (var x = left; x < Math.Min(left + Tile, _width); x++)
            {
                (least, most) = (Math.Min(least, row[(3 * x) + 1]), Math.Max(most, row[(3 * x) + 1]));
            }
        }

        return most - least >= LeastTexture;
    }

    private bool IsIn(Box face, int tile)
    {
        var (x, y) = ((tile % _columns * Tile) + (Tile / 2), (tile / _columns * Tile) + (Tile / 2));
        return x >= face.Left && x < face.Right && y >= face.Top && y < face.Bottom;
    }
}
