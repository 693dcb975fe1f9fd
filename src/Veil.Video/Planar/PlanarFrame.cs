using Veil.Imaging;

namespace Veil.Video.Planar;

/// <summary>
/// A video frame in the decoder's own planes. Colours are made only where somebody asks for them, and written back only
/// where something was covered: a frame without regions passes through without a conversion.
/// </summary>
internal class PlanarFrame : Frame
{
    // Pixels per side of a tile: a multiple of every layout's colour sample.
    private const int Tile = 64;

    private readonly PlanarGeometry _geometry;
    private readonly FramePool _pool;
    private readonly byte[] _samples;
    private readonly int _columns;
    private readonly bool[] _decoded;

    /// <summary>Takes over a frame's samples.</summary>
    /// <param name="pool">Where they come from and go back to.</param>
    /// <param name="samples">All planes, one after the other.</param>
    /// <param name="pts">Presentation time in the stream's ticks.</param>
    /// <param name="index">0 for the first.</param>
    /// <param name="timestamp">Presentation time from the start.</param>
    /// <param name="state">Whether it may be damaged.</param>
    public PlanarFrame(FramePool pool, byte[] samples, long pts, int index, TimeSpan timestamp, FrameState state = FrameState.Sound)
        : base(new PixelBuffer(pool.Geometry.Width, pool.Geometry.Height, pool.Geometry.Format), index, timestamp)
    {
        var geometry = pool.Geometry;
        (_pool, _geometry, _samples, Pts, IsDamaged) = (pool, geometry, samples, pts, state == FrameState.Damaged);
        _columns = (geometry.Width + Tile - 1) / Tile;
        _decoded = new bool[_columns * ((geometry.Height + Tile - 1) / Tile)];
    }

    /// <summary>Presentation time in the stream's ticks.</summary>
    public long Pts { get; }

    /// <inheritdoc/>
    public override bool IsMoving => true;

    /// <inheritdoc/>
    public override bool IsDamaged { get; }

    /// <summary>Size and layout.</summary>
    public PlanarGeometry Geometry => _geometry;

    /// <summary>The planes as they are to be encoded: everything that was covered is in them.</summary>
    public ReadOnlySpan<byte> Fold()
    {
        foreach (var mask in Covered)
        {
            if (!mask.Bounds.Intersect(_geometry.Bounds).IsEmpty)
            {
                PlanarEncoding.Encode(_geometry, _samples, PixelsIn(PlanarEncoding.Widen(_geometry, mask.Bounds)), mask);
            }
        }

        return _samples;
    }

    /// <inheritdoc/>
    public override ReducedFrame Reduce(int reduction) => new(PlanarReduction.ToRgb24(_geometry, _samples, reduction), reduction, 0, 0);

    /// <inheritdoc/>
    public override PixelBuffer Luma(int reduction) => PlanarReduction.Luma(_geometry, _samples, reduction);

    /// <inheritdoc/>
    protected override void Decode(PixelRect area, PixelBuffer target)
    {
        for (var row = area.Top / Tile; row * Tile < area.Bottom; row++)
        {
            for (var column = area.Left / Tile; column * Tile < area.Right; column++)
            {
                ref var done = ref _decoded[(row * _columns) + column];
                if (!done)
                {
                    var tile = new PixelRect(column * Tile, row * Tile, (column + 1) * Tile, (row + 1) * Tile).Intersect(_geometry.Bounds);
                    PlanarDecoding.Decode(_geometry, _samples, tile, target);
                    done = true;
                }
            }
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _pool.Return(_samples);
        base.Dispose(disposing);
    }
}
