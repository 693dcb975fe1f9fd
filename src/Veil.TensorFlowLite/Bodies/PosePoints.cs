using System.Collections.Immutable;
using System.Numerics;

namespace Veil.TensorFlowLite.Bodies;

/// <summary>The 33 points of MediaPipe's pose networks and the two of a circle around the person, in the coordinates of their input, and which of them are seen.</summary>
/// <param name="values">x, y, z, visibility and presence of each point; the last two are logits.</param>
internal readonly ref struct PosePoints(ReadOnlySpan<float> values)
{
    /// <summary>Numbers of each point.</summary>
    public const int Stride = 5;

    private const int Count = 35;
    private const int VisibilityLogit = 3;

    /// <summary>The points of the head: nose, eyes, ears and mouth.</summary>
    public const int HeadPoints = 11;

    /// <summary>The middle of the hips: the centre of a circle around the person.</summary>
    public const int Hips = 33;

    /// <summary>A point on that circle, straight up from the hips as the person stands.</summary>
    public const int Circle = 34;

    /// <summary>Arms, legs, hands and feet, as lines between points.</summary>
    public static readonly ImmutableArray<(int From, int To)> Limbs =
    [
        (11, 13), (13, 15), (15, 19), (12, 14), (14, 16), (16, 20),
        (23, 25), (25, 27), (27, 29), (27, 31), (24, 26), (26, 28), (28, 30), (28, 32),
    ];

    private readonly ReadOnlySpan<float> _values = values[..(Count * Stride)];

    /// <summary>Corners of the torso, in order around it.</summary>
    public static ReadOnlySpan<int> Torso => [11, 12, 24, 23];

    /// <summary>A point, seen or guessed.</summary>
    public Vector2 this[int point] => new(_values[point * Stride], _values[(point * Stride) + 1]);

    /// <summary>Whether it is more likely seen than not: a logit above 0.</summary>
    public bool Sees(int point) => _values[(point * Stride) + VisibilityLogit] > 0;

    /// <summary>How likely it is seen, 0..1.</summary>
    public float Visibility(int point) => 1 / (1 + MathF.Exp(-_values[(point * Stride) + VisibilityLogit]));
}
