using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Veil.Anonymization.Methods;
using Veil.Anonymization.Synthesis;
using Veil.Errors;
using Veil.Imaging;
using Veil.Onnx.Inference;
using Veil.Onnx.Models;
using Veil.Regions;

namespace Veil.Onnx.Generation;

/// <summary>
/// A <see cref="CropGenerator"/> in an ONNX file, as docs/generators.md describes. What lies in the hole never reaches the
/// network, what lies outside never leaves it: the result there is the crop itself. Thread-safe: one session is shared, and each
/// call runs on its caller's thread.
/// </summary>
public sealed class OnnxCropGenerator
{
    /// <summary>What stands in the hole, for the network.</summary>
    private const float Wiped = 0.5f;

    /// <summary>What stands for a keypoint that is not known.</summary>
    private const float UnknownPoint = -1;

    /// <summary>Sums of floats may pass the ends of 0..1 by a little; whoever gives −1..1 or 0..255 passes them by far.</summary>
    private const float Tolerance = 0.02f;

    private static readonly RunOptions Run = new();

    private readonly string _name;
    private readonly InferenceSession _session;
    private readonly CropGeneratorLayout _layout;
    private readonly string[] _inputs;
    private readonly string[] _outputs;

    private OnnxCropGenerator(string name, InferenceSession session, CropGeneratorLayout layout)
    {
        (_name, _session, _layout, _outputs) = (name, session, layout, [layout.Output]);
        _inputs = [.. new[] { layout.Picture, layout.Mask, layout.Latent, layout.Keypoints }.OfType<string>()];
    }

    /// <summary>Opens a generator of the user's own.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <exception cref="VeilException">
    /// <see cref="VeilErrorCode.InvalidModel"/>: the file cannot be read or loaded, or its inputs and outputs are others;
    /// <see cref="VeilErrorCode.MissingNative"/>: ONNX Runtime does not load.
    /// </exception>
    public static CropGenerator Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return Create(Path.GetFileName(path), File.ReadAllBytes(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new VeilException(VeilErrorCode.InvalidModel, $"Expected an ONNX file at {path}, but it cannot be read: {failure.Message}", "Check the path given to --generator.", failure);
        }
    }

    /// <summary>Veil's own network that paints faces.</summary>
    /// <param name="store">Where models are.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: missing, altered, or refused by the licence filter.</exception>
    public static CropGenerator FaceInpainter(ModelStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return Create(SyntheticAnonymizer.Inpainter, store.Read(ModelManifest.Find(SyntheticAnonymizer.Inpainter)));
    }

    /// <summary>A generator from the bytes of an ONNX file.</summary>
    internal static CropGenerator Create(string name, byte[] file)
    {
        var session = OnnxModel.Open(name, file, threads: 1);
        try
        {
            var layout = CropGeneratorLayout.Read(name, session);
            return new CropGenerator
            {
                Name = name,
                Size = layout.Size,
                LatentLength = layout.LatentLength,
                Keypoints = layout.KeypointCount,
                Paint = new OnnxCropGenerator(name, session, layout).Paint,
            };
        }
        catch (VeilException)
        {
            session.Dispose();
            throw;
        }
    }

    private PixelBuffer Paint(PixelBuffer crop, RegionMask hole, ImmutableArray<float> latent, ImmutableArray<Vector2> keypoints)
    {
        Check(crop, hole, latent, keypoints);
        var (width, height) = (_layout.Size.Width, _layout.Size.Height);
        var plane = width * height;
        var (planes, mask) = (new float[3 * plane], new float[plane]);
        for (var y = 0; y < height; y++)
        {
            var row = crop.Row(y);
            var coverage = hole.Row(y);
            for (var x = 0; x < width; x++)
            {
                var (at, known) = ((y * width) + x, coverage[x] == 0);
                mask[at] = known ? 0 : 1;
                for (var channel = 0; channel < 3; channel++)
                {
                    planes[(channel * plane) + at] = known ? row[(x * 3) + channel] / 255f : Wiped;
                }
            }
        }

        try
        {
            var values = new List<OrtValue>();
            try
            {
                values.Add(OrtValue.CreateTensorValueFromMemory(planes, [1, 3, height, width]));
                values.Add(OrtValue.CreateTensorValueFromMemory(mask, [1, 1, height, width]));
                if (_layout.Latent is not null)
                {
                    values.Add(OrtValue.CreateTensorValueFromMemory(latent.ToArray(), [1, _layout.LatentLength]));
                }

                if (_layout.Keypoints is not null)
                {
                    values.Add(OrtValue.CreateTensorValueFromMemory(Shares(keypoints), [1, _layout.KeypointCount, 2]));
                }

                using var results = _session.Run(Run, _inputs, values, _outputs);
                return Painted(crop, hole, results[0]);
            }
            finally
            {
                values.ForEach(value => value.Dispose());
            }
        }
        catch (OnnxRuntimeException failure)
        {
            throw new VeilException(VeilErrorCode.AnonymizationFailed, $"Generator '{_name}' failed on a crop of {width}×{height} pixels: {failure.Message}", innerException: failure);
        }
    }

    private void Check(PixelBuffer crop, RegionMask hole, ImmutableArray<float> latent, ImmutableArray<Vector2> keypoints)
    {
        ArgumentNullException.ThrowIfNull(crop);
        ArgumentNullException.ThrowIfNull(hole);
        if (crop.Format != PixelFormat.Rgb24 || crop.Width != _layout.Size.Width || crop.Height != _layout.Size.Height || hole.Bounds != crop.Bounds)
        {
            throw new ArgumentException(
                $"Expected a crop of {_layout.Size.Width}×{_layout.Size.Height} {PixelFormat.Rgb24} and a hole of the same bounds, but received {crop.Width}×{crop.Height} {crop.Format} and {hole.Bounds}.", nameof(crop));
        }

        if (latent.Length != _layout.LatentLength || keypoints.Length != _layout.KeypointCount || !latent.All(float.IsFinite))
        {
            throw new ArgumentException(
                $"Expected a latent of {_layout.LatentLength} finite numbers and {_layout.KeypointCount} keypoints, but received {latent.Length} and {keypoints.Length}.", nameof(latent));
        }
    }

    private float[] Shares(ImmutableArray<Vector2> keypoints)
    {
        var shares = new float[2 * keypoints.Length];
        for (var i = 0; i < keypoints.Length; i++)
        {
            var known = float.IsFinite(keypoints[i].X) && float.IsFinite(keypoints[i].Y);
            shares[2 * i] = known ? keypoints[i].X / _layout.Size.Width : UnknownPoint;
            shares[(2 * i) + 1] = known ? keypoints[i].Y / _layout.Size.Height : UnknownPoint;
        }

        return shares;
    }

    private PixelBuffer Painted(PixelBuffer crop, RegionMask hole, OrtValue result)
    {
        var (width, height) = (_layout.Size.Width, _layout.Size.Height);
        var info = result.GetTensorTypeAndShape();
        if (!info.Shape.AsSpan().SequenceEqual([1L, 3, height, width]))
        {
            throw new VeilException(
                VeilErrorCode.AnonymizationFailed, $"Generator '{_name}': expected a result of 1×3×{height}×{width}, but received {TensorSpec.Describe(info.Shape)}.");
        }

        var values = result.GetTensorDataAsSpan<float>();
        var picture = crop.Clone();
        try
        {
            var pixels = MemoryMarshal.Cast<byte, Rgb>(picture.Span);
            var plane = width * height;
            for (var y = 0; y < height; y++)
            {
                var coverage = hole.Row(y);
                for (var x = 0; x < width; x++)
                {
                    var at = (y * width) + x;
                    if (coverage[x] != 0)
                    {
                        pixels[at] = new Rgb(ToByte(values[at]), ToByte(values[plane + at]), ToByte(values[(2 * plane) + at]));
                    }
                }
            }

            return picture;
        }
        catch (VeilException)
        {
            picture.Dispose();
            throw;
        }
    }

    private byte ToByte(float value) => value is >= -Tolerance and <= 1 + Tolerance
        ? (byte)((Math.Clamp(value, 0, 1) * byte.MaxValue) + 0.5f)
        : throw new VeilException(
            VeilErrorCode.AnonymizationFailed,
            string.Create(CultureInfo.InvariantCulture, $"Generator '{_name}' gave {value}, which is no brightness from 0 to 1: nothing of this is used."),
            "A network that gives -1..1 or 0..255 needs one more step, to 0..1 (docs/generators.md).");
}
