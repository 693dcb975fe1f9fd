using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Veil.Anonymization.Synthesis;
using Veil.Errors;
using Veil.Onnx.Inference;

namespace Veil.Onnx.Generation;

/// <summary>
/// Which inputs of a network are picture, mask, latent and keypoints: told by their shapes, which no two share, whatever their
/// names (docs/generators.md).
/// </summary>
/// <param name="Picture">Name of the picture.</param>
/// <param name="Mask">Name of the mask.</param>
/// <param name="Latent">Name of the latent; null when there is none.</param>
/// <param name="Keypoints">Name of the keypoints; null when there are none.</param>
/// <param name="Output">Name of the result.</param>
/// <param name="Size">Of the crops.</param>
/// <param name="LatentLength">Numbers of the latent; 0 when there is none.</param>
/// <param name="KeypointCount">Points; 0 when there are none.</param>
internal sealed record CropGeneratorLayout(
    string Picture, string Mask, string? Latent, string? Keypoints, string Output, PixelSize Size, int LatentLength, int KeypointCount)
{
    private const int SmallestSide = 16;
    private const int LargestSide = 2048;
    private const int LongestLatent = 16384;
    private static readonly int[] Points = [5, 7, 17];

    /// <summary>Reads the layout of a loaded network.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: it is another; the message says what was expected and what is there.</exception>
    public static CropGeneratorLayout Read(string name, InferenceSession session)
    {
        var (inputs, outputs) = (Specs(session.InputMetadata), Specs(session.OutputMetadata));
        foreach (var (kind, metadata) in session.InputMetadata.Select(pair => ("input", pair)).Concat(session.OutputMetadata.Select(pair => ("output", pair))))
        {
            if (!metadata.Value.IsTensor || metadata.Value.ElementDataType != TensorElementType.Float)
            {
                throw Refused($"{kind} {metadata.Key} is no tensor of 32-bit floats");
            }
        }

        var (picture, mask, latent, keypoints) = (Find("picture N×3×H×W", IsPlanes(3)), Find("mask N×1×H×W", IsPlanes(1)), Find("latent N×L", spec => spec.Shape.Count == 2), Find("keypoints N×K×2", spec => spec.Shape is [_, _, 2]));
        if (inputs.FirstOrDefault(spec => spec != picture && spec != mask && spec != latent && spec != keypoints) is { } other)
        {
            throw Refused($"input {other} is none of these");
        }

        if (picture is null || mask is null)
        {
            throw Refused($"{(picture is null ? "a picture" : "a mask")} is missing");
        }

        if (outputs is not [{ Shape: [_, 3 or -1, _, _] } output])
        {
            throw Refused("there is not one output N×3×H×W");
        }

        var size = new PixelSize((int)picture.Shape[3], (int)picture.Shape[2]);
        if (size.Width is < SmallestSide or > LargestSide || size.Height is < SmallestSide or > LargestSide)
        {
            throw Refused(string.Create(CultureInfo.InvariantCulture, $"H and W of {picture} are not fixed numbers from {SmallestSide} to {LargestSide}"));
        }

        foreach (var spec in new[] { mask, output })
        {
            if (!Fits(spec.Shape[2], size.Height) || !Fits(spec.Shape[3], size.Width))
            {
                throw Refused($"{spec} is not of the size of {picture}");
            }
        }

        foreach (var spec in inputs.Append(output))
        {
            if (spec.Shape[0] is not (1 or -1))
            {
                throw Refused($"N of {spec} is neither 1 nor open");
            }
        }

        if (latent is { Shape: [_, < 1 or > LongestLatent] })
        {
            throw Refused(string.Create(CultureInfo.InvariantCulture, $"L of {latent} is no fixed number from 1 to {LongestLatent}"));
        }

        if (keypoints is not null && !Points.Contains((int)keypoints.Shape[1]))
        {
            throw Refused($"K of {keypoints} is none of {string.Join(", ", Points)}");
        }

        return new CropGeneratorLayout(
            picture.Name, mask.Name, latent?.Name, keypoints?.Name, output.Name, size, (int)(latent?.Shape[1] ?? 0), (int)(keypoints?.Shape[1] ?? 0));

        TensorSpec? Find(string what, Func<TensorSpec, bool> fits) => inputs.Where(fits).ToList() switch
        {
            [] => null,
            [var one] => one,
            var several => throw Refused($"there is more than one {what}: {string.Join(", ", several)}"),
        };

        VeilException Refused(string why) => new(
            VeilErrorCode.InvalidModel,
            $"Generator '{name}': expected inputs picture N×3×H×W and mask N×1×H×W, optionally latent N×L and keypoints N×K×2, and one output N×3×H×W, all 32-bit floats, but received {new ModelSignature(inputs, outputs)}: {why}.",
            "docs/generators.md describes what a generator takes and gives.");
    }

    private static Func<TensorSpec, bool> IsPlanes(int channels) => spec => spec.Shape.Count == 4 && spec.Shape[1] == channels;

    private static bool Fits(long declared, int size) => declared == -1 || declared == size;

    private static TensorSpec[] Specs(IReadOnlyDictionary<string, NodeMetadata> metadata) =>
        [.. metadata.Select(pair => new TensorSpec(pair.Key, pair.Value.IsTensor ? [.. pair.Value.Dimensions.Select(size => (long)size)] : []))];
}
