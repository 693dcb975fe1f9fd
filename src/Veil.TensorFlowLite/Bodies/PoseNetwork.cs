using System.Numerics;
using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;
using Veil.TensorFlowLite.Crops;
using Veil.TensorFlowLite.Inference;

namespace Veil.TensorFlowLite.Bodies;

/// <summary>
/// MediaPipe's pose landmark network (BlazePose GHUM: Bazarevsky et al., 2020), which sees one person in a square and gives a
/// certainty, 33 points and a segmentation. What it gives is valid until the next look. One per worker: not thread-safe.
/// </summary>
internal sealed class PoseNetwork : IDisposable
{
    /// <summary>The model's id in the manifest.</summary>
    public const string ModelId = "pose-landmark-full";

    /// <summary>Columns and rows of its input and of its segmentation.</summary>
    public const int Side = 256;

    private const int PointNumbers = 195;

    /// <summary>As MediaPipe enlarges the square of a person's circle.</summary>
    private const float Margin = 1.25f;

    /// <summary>Pixels; from smaller squares there is nothing to see.</summary>
    private const float LeastSide = 4;

    private readonly TfLiteInterpreter _interpreter;
    private readonly int _points;
    private readonly int _certainty;
    private readonly int _mask;

    /// <summary>Prepares the network.</summary>
    /// <param name="network">Its weights, shared by all workers.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: its inputs or outputs are others.</exception>
    public PoseNetwork(TfLiteModel network)
    {
        _interpreter = new TfLiteInterpreter(network);
        (_points, _certainty, _mask) = (Find(PointNumbers), Find(1), Find(Side * Side));
        if (_interpreter.Inputs is [{ Element: TfLiteElement.Floating, Shape: [1, Side, Side, 3] }] && _points >= 0 && _certainty >= 0 && _mask >= 0)
        {
            return;
        }

        var found = $"from {string.Join(", ", _interpreter.Inputs)} to {string.Join(", ", _interpreter.Outputs)}";
        _interpreter.Dispose();
        throw new VeilException(
            VeilErrorCode.InvalidModel,
            $"Expected a pose network from 1×{Side}×{Side}×3 to {PointNumbers} numbers, a certainty and a mask, but received one {found}.", "Get the file again.");
    }

    /// <summary>How certain it is that it sees a person, 0..1; not a number where it fails.</summary>
    public float Certainty => _interpreter.Output(_certainty)[0];

    /// <summary>The points, in the coordinates of its input.</summary>
    public PosePoints Points => new(_interpreter.Output(_points));

    /// <summary>Logits of each of its input's pixels being the person's, row after row.</summary>
    public ReadOnlySpan<float> Mask => _interpreter.Output(_mask);

    /// <summary>A square around a person's box.</summary>
    /// <param name="person">The person's box.</param>
    /// <param name="margin">Its side, in longer sides of the box.</param>
    public static SquareCrop Around(Box person, float margin) => new(new Vector2(person.CenterX, person.CenterY), person.LongSide * margin, 0);

    /// <summary>
    /// The square that MediaPipe would look at next (its pose_landmarks_to_roi): that of the circle around the hips that the network
    /// saw, enlarged, and turned so that the person stands upright.
    /// </summary>
    /// <param name="looked">The square that was looked at last.</param>
    /// <returns>Null where the circle has no size.</returns>
    public SquareCrop? Next(SquareCrop looked)
    {
        var toPicture = ToPicture(looked);
        var hips = Vector2.Transform(Points[PosePoints.Hips], toPicture);
        var up = Vector2.Transform(Points[PosePoints.Circle], toPicture) - hips;
        var side = 2 * up.Length() * Margin;
        return float.IsFinite(side) && float.IsFinite(hips.X + hips.Y) && side >= LeastSide ? new SquareCrop(hips, side, MathF.Atan2(up.X, -up.Y)) : null;
    }

    /// <summary>From coordinates of its input to the picture's.</summary>
    /// <param name="looked">The square that was looked at last.</param>
    public static Matrix3x2 ToPicture(SquareCrop looked) => Matrix3x2.CreateScale(1f / Side) * looked.ToPicture();

    /// <summary>Looks at a square.</summary>
    /// <param name="image"><see cref="PixelFormat.Rgb24"/>.</param>
    /// <param name="crop">The square.</param>
    /// <exception cref="ArgumentException">Another pixel format.</exception>
    public void Look(PixelBuffer image, SquareCrop crop)
    {
        image.RequireFormat(PixelFormat.Rgb24);

        CropSampler.Sample(image, crop, Side, _interpreter.Input(0));
        _interpreter.Invoke();
    }

    /// <inheritdoc/>
    public void Dispose() => _interpreter.Dispose();

    private int Find(int length)
    {
        for (var i = 0; i < _interpreter.Outputs.Count; i++)
        {
            if (_interpreter.Outputs[i] is { Element: TfLiteElement.Floating } output && output.Length == length)
            {
                return i;
            }
        }

        return -1;
    }
}
