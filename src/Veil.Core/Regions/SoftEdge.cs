namespace Veil.Regions;

/// <summary>
/// Coverage beside a covered area: it falls from 254 at its border to 0 at the given width along a smoothstep curve.
/// Never 255, so that no pixel of the edge is taken for a covered one.
/// </summary>
/// <param name="Width">Pixels; 0 for none.</param>
internal readonly record struct SoftEdge(float Width)
{
    /// <summary>Whole pixels that the edge can reach beyond the covered ones.</summary>
    public int Reach => (int)MathF.Ceiling(Width);

    /// <summary>Coverage of a pixel whose centre lies <paramref name="distance"/> pixels outside; below 0 counts as 0.</summary>
    public byte At(float distance)
    {
        if (!(distance < Width))
        {
            return 0;
        }

        var t = Math.Max(0, distance / Width);
        return (byte)(254.5f - (254 * t * t * (3 - (2 * t))));
    }
}
