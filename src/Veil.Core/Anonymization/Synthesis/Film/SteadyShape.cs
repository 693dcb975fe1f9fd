using System.Numerics;
using Veil.Anonymization.Faces;
using Veil.Regions;

namespace Veil.Anonymization.Synthesis.Film;

/// <summary>
/// Where a face of one track lies, without the trembling of its points. Place, size and turn are filtered apart from what is left
/// of the points when these are taken out: a head moves fast, its shape changes slowly. Not thread-safe.
/// </summary>
/// <remarks>
/// In a frame without contours the last ones stand for them, moved along, so that the drawn face does not change its shape
/// where its points were not found.
/// </remarks>
internal sealed class SteadyShape
{
    // In lengths of the face (eyes to mouth). Chosen on a film of faces that move, docs/synthetic.md: firmer lags behind, looser trembles.
    private static readonly Steadiness Place = new(0.12f, 30);
    private static readonly Steadiness Size = new(0.04f, 12);
    private static readonly Steadiness Turn = new(0.06f, 12);
    private static readonly Steadiness Shape = new(0.04f, 4);
    private static readonly Steadiness Room = new(0.03f, 4);

    private readonly OneEuroFilter[] _pose = [new(Place), new(Place), new(Size), new(Turn)];
    private OneEuroFilter[] _points = [];
    private readonly OneEuroFilter[] _room = [new(Room), new(Room), new(Room), new(Room)];
    private FaceShape? _upright;
    private Matrix3x2 _place;
    private float _turn;

    /// <summary>The next frame's shape.</summary>
    /// <param name="shape">As it was found, in the picture's coordinates.</param>
    /// <returns>Where to draw it.</returns>
    public FaceShape Next(FaceShape shape)
    {
        var toPicture = Similarity.Fit(CanonicalFace.Five.AsSpan(), shape.Five.AsSpan());
        var unit = Similarity.Scale(toPicture) * CanonicalLength;
        var centre = Vector2.Transform(CanonicalCentre, toPicture);

        // The turn goes on beyond half a circle.
        var turn = _turn += MathF.IEEERemainder(MathF.Atan2(toPicture.M12, toPicture.M11) - _turn, 2 * MathF.PI);
        var size = MathF.Exp(_pose[2].Next(MathF.Log(unit)));
        centre = new Vector2(_pose[0].Next(centre.X, size), _pose[1].Next(centre.Y, size));
        turn = _pose[3].Next(turn);
        _place = Matrix3x2.CreateTranslation(-CanonicalCentre) * Matrix3x2.CreateScale(size / CanonicalLength) * Matrix3x2.CreateRotation(turn) * Matrix3x2.CreateTranslation(centre);

        Matrix3x2.Invert(toPicture, out var upright);
        var now = shape.Map(point => Vector2.Transform(point, upright));
        if (_upright is { Layout: not null } last && now.Layout is null)
        {
            // Nothing is known of the contours: they stay, and so does what they belong to.
            now = last;
        }
        else
        {
            now = Filtered(now);
        }

        _upright = now;
        return now.Map(point => Vector2.Transform(point, _place));
    }

    /// <summary>The next frame's box around the face, steady beside it. To be asked for after <see cref="Next"/>.</summary>
    /// <param name="box">In the picture's coordinates.</param>
    public Box Around(Box box)
    {
        var size = Similarity.Scale(_place) * CanonicalLength;
        var centre = Vector2.Transform(CanonicalCentre, _place);
        return new Box(
            centre.X + (size * _room[0].Next((box.Left - centre.X) / size)), centre.Y + (size * _room[1].Next((box.Top - centre.Y) / size)),
            centre.X + (size * _room[2].Next((box.Right - centre.X) / size)), centre.Y + (size * _room[3].Next((box.Bottom - centre.Y) / size)));
    }

    private static Vector2 CanonicalCentre { get; } = CanonicalFace.Five.Aggregate(Vector2.Zero, (sum, point) => sum + point) / CanonicalFace.Five.Length;

    private static float CanonicalLength { get; } = (((CanonicalFace.Five[3] + CanonicalFace.Five[4]) - (CanonicalFace.Five[0] + CanonicalFace.Five[1])) / 2).Length();

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
            var (x, y) = (_points[at++].Next(point.X / CanonicalLength), _points[at++].Next(point.Y / CanonicalLength));
            return new Vector2(x, y) * CanonicalLength;
        });
    }
}
