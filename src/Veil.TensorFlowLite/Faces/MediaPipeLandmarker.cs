using System.Collections.Immutable;
using System.Numerics;
using Veil.Detection;
using Veil.Errors;
using Veil.Imaging;
using Veil.Inference;
using Veil.Regions;
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

    private const int Side = 256;
    private const int Count = 478;
    private const int Coordinates = 3;
    private const float LeastPresence = 0.5f;

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

    /// <summary>How sure the network was of a face in the last call, 0..1.</summary>
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
        return FaceCrop.Around(face).Reads();
    }

    /// <inheritdoc/>
    public FacePoints? Locate(PixelBuffer image, Region face)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(face);
        if (image.Format != PixelFormat.Rgb24)
        {
            throw new ArgumentException($"Expected a picture in {PixelFormat.Rgb24}, but received {image.Format}.", nameof(image));
        }

        var crop = FaceCrop.Around(face);
        FaceCropSampler.Sample(image, crop, Side, _interpreter.Input(0));
        _interpreter.Invoke();
        Presence = 1 / (1 + MathF.Exp(-_interpreter.Output(_presence)[0]));
        if (!(Presence >= LeastPresence))
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

        return new FacePoints(FacePointLayout.MediaPipe478, points.MoveToImmutable());
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
}
