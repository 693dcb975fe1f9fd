using System.Collections.Immutable;
using System.Numerics;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization.Synthesis;

/// <summary>
/// What is in front of a face and may stay as it is, from what its pixels show: hair over the forehead, a hat's brim, a collar or scarf at the
/// rim of what is covered. Takes too little rather than too much, and nothing at all where anything is in doubt. Thread-safe.
/// </summary>
/// <remarks>
/// Background and skin never stay: where the face ends against them is the line of somebody's jaw, and a hand is hardly told from a cheek. Neither
/// does anything from the brows down, where a face is known by: glasses, microphones and hands there are covered with it.
/// </remarks>
public static class FaceOccluders
{
    /// <summary>Longer side of a face, pixels, from which its surroundings are told apart.</summary>
    public const float LeastSide = 48;

    /// <summary>How likely a pixel must show what it is said to, of 255.</summary>
    private const byte Sure = 230;

    /// <summary>How far from anything that is not surely in front of the face the first of it stays, and from where all of it does, as shares of the face's longer side.</summary>
    private const float Margin = 0.02f;
    private const float Full = 0.06f;

    /// <summary>How far around brows, eyes, nose, mouth and cheeks nothing stays, as a share of the box's sides.</summary>
    private const float Guard = 0.04f;

    /// <summary>How far the guarded part reaches from its middle to the contour.</summary>
    private const float GuardedShare = 0.92f;

    /// <summary>Share of the guarded part that must be told to be a face: points and parts that contradict each other are both not to be trusted.</summary>
    private const float LeastFace = 0.7f;

    /// <summary>Share of the contour that stays at most; where it would be more, something is wrong.</summary>
    private const float MostTaken = 0.3f;

    /// <summary>The pixels that are looked at: the face and room for hair and clothes around it.</summary>
    /// <param name="face">The face.</param>
    public static PixelRect Reads(Region face)
    {
        ArgumentNullException.ThrowIfNull(face);
        var half = face.Box.LongSide;
        return new Box(face.Box.CenterX - half, face.Box.CenterY - half, face.Box.CenterX + half, face.Box.CenterY + half).ToPixels();
    }

    /// <summary>What may stay.</summary>
    /// <param name="face">With <see cref="Region.Points"/>; without them nothing may stay.</param>
    /// <param name="parts">What the pixels around it show.</param>
    /// <returns>For <see cref="Region.Occluder"/>; null where the whole contour is to be covered.</returns>
    public static RegionMask? Of(Region face, PersonParts parts)
    {
        ArgumentNullException.ThrowIfNull(face);
        ArgumentNullException.ThrowIfNull(parts);
        var area = parts.Area;
        if (face.Box.LongSide < LeastSide || face.Points is not { } points || area.IsEmpty
            || MaskRasterizer.Rasterize(points.Outline.AsSpan(), Vector2.Zero, 0, area) is not { } contour
            || MaskRasterizer.Rasterize(Guarded(points).AsSpan(), new Vector2(face.Box.Width, face.Box.Height) * Guard, 0, area) is not { } guarded
            || !ShowsFace(guarded, parts))
        {
            return null;
        }

        // Where what stays begins is a matter of distance to the nearest pixel that may not stay, so that specks vanish and borders are smooth.
        var kept = new byte[area.Width * area.Height];
        for (var y = area.Top; y < area.Bottom; y++)
        {
            for (var x = area.Left; x < area.Right; x++)
            {
                kept[((y - area.Top) * area.Width) + x - area.Left] = guarded[x, y] == 0 && IsInFront(parts, x, y) ? (byte)0 : byte.MaxValue;
            }
        }

        var (from, to) = (Margin * face.Box.LongSide, Full * face.Box.LongSide);
        var distance = DistanceTransform.Squared(kept, area.Width, area.Height, 1, 1, to + 1);
        var (taken, whole) = (0L, 0L);
        for (var i = 0; i < kept.Length; i++)
        {
            var share = Math.Clamp((MathF.Sqrt(distance[i]) - from) / (to - from), 0, 1);
            kept[i] = (byte)MathF.Round(share * share * (3 - (2 * share)) * byte.MaxValue);
            if (contour[area.Left + (i % area.Width), area.Top + (i / area.Width)] > 0)
            {
                (taken, whole) = (taken + kept[i], whole + byte.MaxValue);
            }
        }

        return taken <= MostTaken * whole && kept.AsSpan().ContainsAnyExcept((byte)0) ? new RegionMask(area, kept) : null;
    }

    /// <summary>From the brows down: the jaw and back over the brows, drawn together a little towards the middle, since a contour may run in the hair beside a face.</summary>
    private static ImmutableArray<Vector2> Guarded(FacePoints points)
    {
        ImmutableArray<Vector2> around = [.. points.Jaw, .. points.RightBrow.Reverse(), .. points.LeftBrow.Reverse()];
        var middle = around.Aggregate(Vector2.Zero, (sum, point) => sum + point) / around.Length;
        return [.. around.Select(point => middle + ((point - middle) * GuardedShare))];
    }

    private static bool IsInFront(PersonParts parts, int x, int y) =>
        parts[x, y] is PersonPart.Hair or PersonPart.Clothes or PersonPart.Other && parts.CertaintyAt(x, y) >= Sure;

    private static bool ShowsFace(RegionMask guarded, PersonParts parts)
    {
        var (faces, all) = (0, 0);
        for (var y = guarded.Bounds.Top; y < guarded.Bounds.Bottom; y++)
        {
            var row = guarded.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                if (row[x] > 0)
                {
                    (faces, all) = (faces + (parts[guarded.Bounds.Left + x, y] == PersonPart.FaceSkin ? 1 : 0), all + 1);
                }
            }
        }

        return faces >= LeastFace * all;
    }
}
