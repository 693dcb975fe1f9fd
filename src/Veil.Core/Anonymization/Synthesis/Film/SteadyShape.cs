using System.Numerics;
using Veil.Anonymization.Faces;
using Veil.Regions;

namespace Veil.Anonymization.Synthesis.Film;

/// <summary>
/// Where a face of one track lies, without the trembling and the mistakes of its points. Place, size and turn are filtered apart from
/// what is left of the points when these are taken out: a head moves fast, its shape changes slowly. Not thread-safe.
/// </summary>
/// <remarks>
/// Dense points come and go, and tell a slightly other pose than the detector's five: in frames that have both the difference is
/// learnt, and in those without dense points it is added. Contours that are missing stay as they were. Points that would turn or
/// resize the head at once, as landmark models do that take it for upside down, are not believed until they stay.
/// </remarks>
internal sealed class SteadyShape
{
    // Cut-offs in cycles a frame; speeds in lengths of the face (eyes to mouth). Firmer lags behind, looser trembles.
    private static readonly Steadiness Place = new(0.05f, 8);
    private static readonly Steadiness Size = new(0.03f, 8);
    private static readonly Steadiness Turn = new(0.05f, 8);
    private static readonly Steadiness Shape = new(0.04f, 4);

    // So many frames in a row a pose that cannot be is held off.
    private const int Disbelief = 8;

    private readonly OneEuroFilter[] _pose = [new(Place), new(Place), new(Size), new(Turn)];
    private readonly SteadyValues _difference = new(SteadyValues.Light);
    private readonly float[] _between = new float[4];
    private OneEuroFilter[] _points = [];
    private FaceShape? _upright;
    private FacePose? _last;
    private int _strange;

    /// <summary>The next frame's shape.</summary>
    /// <param name="region">As it was found.</param>
    /// <returns>Where to draw it, in the picture's coordinates.</returns>
    public FaceShape Next(Region region)
    {
        var (shape, found) = Believed(region);
        if (_last is { } last && found.IsFarFrom(last) && _strange++ < Disbelief)
        {
            (shape, found) = (null, found with { Size = last.Size, Turn = last.Turn });
        }
        else
        {
            _strange = 0;
        }

        if (shape is not null && !(_upright is { Layout: not null } && shape.Layout is null))
        {
            Matrix3x2.Invert(FacePose.Of(shape, 0).ToPicture, out var upright);
            _upright = Filtered(shape.Map(point => Vector2.Transform(point, upright)));
        }

        _last = found;
        var size = _pose[2].Next(found.Size);
        var unit = MathF.Exp(size);
        var drawn = new FacePose(new Vector2(_pose[0].Next(found.Centre.X, unit), _pose[1].Next(found.Centre.Y, unit)), size, _pose[3].Next(found.Turn)).ToPicture;
        return _upright!.Map(point => Vector2.Transform(point, drawn));
    }

    // The shape from dense points where they make sense, else from the five.
    private (FaceShape? Shape, FacePose Pose) Believed(Region region)
    {
        var near = _last?.Turn ?? 0;
        var (dense, five) = (FaceShape.Of(region), FaceShape.Of(region with { Points = null }));
        var (own, other) = (FacePose.Of(dense, near), FacePose.Of(five, near));
        var isDense = dense.Layout is not null && !own.IsFarFrom(_last is { } last && !other.IsFarFrom(last) ? last : other);
        var unit = MathF.Exp(other.Size);
        if (isDense)
        {
            (_between[0], _between[1]) = ((own.Centre.X - other.Centre.X) / unit, (own.Centre.Y - other.Centre.Y) / unit);
            (_between[2], _between[3]) = (own.Size - other.Size, own.Turn - other.Turn);
            _difference.Next(_between);
            return (dense, own);
        }

        return (five, new FacePose(other.Centre + (unit * new Vector2(_between[0], _between[1])), other.Size + _between[2], other.Turn + _between[3]));
    }

    private FaceShape Filtered(FaceShape upright)
    {
        var count = 2 * (upright.Five.Length + upright.Controls.Length);
        if (_points.Length != count)
        {
            _points = new OneEuroFilter[count];
            Array.Fill(_points, new OneEuroFilter(Shape));
        }

        var at = 0;
        return upright.Map(point =>
        {
            var (x, y) = (_points[at++].Next(point.X / FacePose.UprightLength), _points[at++].Next(point.Y / FacePose.UprightLength));
            return new Vector2(x, y) * FacePose.UprightLength;
        });
    }
}
