using System.Collections.Immutable;
using System.Numerics;
using Veil.Detection;
using Veil.Errors;
using Veil.Imaging;
using Veil.Inference;
using Veil.Regions;
using Veil.TensorFlowLite.Crops;
using Veil.TensorFlowLite.Inference;

namespace Veil.TensorFlowLite.Faces;

/// <summary>
/// 478 points by MediaPipe's face landmarker (attention mesh with irises: Grishchenko et al., 2020). Source of the crop and
/// of the presence threshold: MediaPipe, tasks/cc/vision/face_landmarker.
/// </summary>
public sealed class MediaPipeLandmarker : IFaceLandmarker
{
    /// <summary>The model's id in the manifest.</summary>
    public const string ModelId = "face-landmarker";

    /// <summary>As MediaPipe's face landmarker enlarges the box that it detected.</summary>
    private const float Margin = 1.5f;

    private const int Side = 256;
    private const int Count = 478;
    private const int Coordinates = 3;

    /// <summary>MediaPipe's own threshold: a presence of one half. All of these are logits, since the presence itself saturates.</summary>
    private const float Possible = 0;

    /// <summary>
    /// From here on points are believed against a detector's five. Of 72 portraits turned in steps of 30° the best of six
    /// looks then was right for 69 and wrong for none.
    /// </summary>
    private const float Reliable = 10;

    /// <summary>From here on no other way round is tried: on the same portraits no face seen the wrong way round reached it.</summary>
    private const float Certain = 13;

    /// <summary>Longer side of a box, pixels, below which the network is seldom sure of anything and is not asked again.</summary>
    private const float LeastTurned = 32;

    private const int Turns = 6;
    private const int MostLooks = 3;

    /// <summary>Largest rotation in a square, radians, that is taken for upright: 12°.</summary>
    private const float Upright = 0.21f;

    private readonly TfLiteInterpreter _interpreter;
    private readonly int _points;
    private readonly int _presence;

    /// <summary>Prepares the network.</summary>
    /// <param name="network">Its weights, shared by all workers.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: its inputs or outputs are others.</exception>
    public MediaPipeLandmarker(TfLiteModel network)
    {
        _interpreter = new TfLiteInterpreter(network);
        try
        {
            Require(_interpreter.Inputs is [{ Element: TfLiteElement.Floating } input] && input.Shape.SequenceEqual([1, Side, Side, 3]));
            _points = Find(Count * Coordinates);
            _presence = Find(1);
        }
        catch
        {
            _interpreter.Dispose();
            throw;
        }
    }

    /// <summary>How sure the network was of the best that it found in the last call, as a logit.</summary>
    internal float Presence { get; private set; }

    /// <summary>The landmarker's description. The network is loaded by the first instance and shared by the others.</summary>
    /// <param name="read">Gives the bytes of the model <see cref="ModelId"/>.</param>
    public static LandmarkerDescriptor Describe(ModelReader read)
    {
        ArgumentNullException.ThrowIfNull(read);
        var network = new Lazy<TfLiteModel>(() => new TfLiteModel(FaceLandmarkerBundle.ReadNetwork(read(ModelId))));
        return new LandmarkerDescriptor(
            "mediapipe", "478 points: the face's contour with the forehead, eyes, lips", [ModelId], () => new MediaPipeLandmarker(network.Value));
    }

    /// <inheritdoc/>
    public PixelRect Reads(Region face)
    {
        ArgumentNullException.ThrowIfNull(face);
        return Around(face).Reads();
    }

    /// <inheritdoc/>
    public FacePoints? Locate(PixelBuffer image, Region face)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(face);
        image.RequireFormat(PixelFormat.Rgb24);

        // Detectors find turned heads, but take them for upright ones; the network sees a face in many things the wrong way
        // round, though never as surely. So it looks along the eyes first, and all ways round unless it is sure then.
        var crop = Around(face);
        var turns = face.Box.LongSide < LeastTurned ? 1 : Turns;
        Finding? best = null;
        for (var turn = 0; turn < turns && best is not { Presence: >= Certain }; turn++)
        {
            if (Straighten(image, crop with { Roll = crop.Roll + (turn * MathF.Tau / Turns) }) is { } found && !(found.Presence <= best?.Presence))
            {
                best = found;
            }
        }

        Presence = best?.Presence ?? float.NegativeInfinity;
        return best is { } one && (one.Presence >= Reliable || one.Points.Agrees(face)) ? one.Points : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _interpreter.Dispose();

    /// <summary>The square for a face: turned with the line between its eyes where that is known.</summary>
    private static SquareCrop Around(Region face) =>
        new(new Vector2(face.Box.CenterX, face.Box.CenterY), face.Box.LongSide * Margin, face.Landmarks?.Roll ?? 0);

    /// <summary>Looks again while the head turns out to be turned otherwise than the square was: the network wants it upright.</summary>
    private Finding? Straighten(PixelBuffer image, SquareCrop crop)
    {
        var found = Run(image, crop);
        for (var look = 1; look < MostLooks && found is { } known; look++)
        {
            var roll = known.Points.ToLandmarks().Roll;
            if (MathF.Abs(MathF.IEEERemainder(roll - crop.Roll, MathF.Tau)) < Upright)
            {
                break;
            }

            crop = crop with { Roll = roll };
            found = Run(image, crop);
        }

        return found;
    }

    private Finding? Run(PixelBuffer image, SquareCrop crop)
    {
        CropSampler.Sample(image, crop, Side, _interpreter.Input(0));
        _interpreter.Invoke();
        var presence = _interpreter.Output(_presence)[0];
        if (!(presence >= Possible))
        {
            return null;
        }

        var toPicture = Matrix3x2.CreateScale(1f / Side) * crop.ToPicture();
        var values = _interpreter.Output(_points);
        var points = ImmutableArray.CreateBuilder<Vector2>(Count);
        for (var i = 0; i < Count; i++)
        {
            points.Add(Vector2.Transform(new Vector2(values[i * Coordinates], values[(i * Coordinates) + 1]), toPicture));
        }

        return new Finding(new FacePoints(FacePointLayout.MediaPipe478, points.MoveToImmutable()), presence);
    }

    private int Find(int length)
    {
        for (var i = 0; i < _interpreter.Outputs.Count; i++)
        {
            if (_interpreter.Outputs[i] is { Element: TfLiteElement.Floating } output && output.Length == length)
            {
                return i;
            }
        }

        Require(sound: false);
        return -1;
    }

    private void Require(bool sound)
    {
        if (!sound)
        {
            throw new VeilException(
                VeilErrorCode.InvalidModel,
                $"Expected a network from 1×{Side}×{Side}×3 to {Count * Coordinates} coordinates and a presence, but received one from {string.Join(", ", _interpreter.Inputs)} to {string.Join(", ", _interpreter.Outputs)}.",
                "Get face_landmarker.task again.");
        }
    }

    private readonly record struct Finding(FacePoints Points, float Presence);
}
