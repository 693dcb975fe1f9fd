using System.Collections.Concurrent;
using System.Numerics;
using Veil.Anonymization.Synthesis;
using Veil.Errors;
using Veil.Imaging;
using Veil.Inference;
using Veil.TensorFlowLite.Crops;
using Veil.TensorFlowLite.Inference;

namespace Veil.TensorFlowLite.Bodies;

/// <summary>
/// Tells hair, skin, clothes and background apart by MediaPipe's multi-class selfie segmentation, which sees a square of 256
/// pixels. Thread-safe: each look takes an interpreter that is idle, or makes one; all share the weights.
/// </summary>
/// <remarks>
/// The area is seen in the middle of a square, beyond which its outermost pixels go on; nothing outside the area is read. Likelihoods are taken between the
/// middles of the network's cells, so that borders run smoothly through areas that are larger than what the network sees.
/// </remarks>
public sealed class SelfieParser : IDisposable
{
    /// <summary>The model's id in the manifest.</summary>
    public const string ModelId = "selfie-multiclass";

    /// <summary>Columns and rows of its input and output.</summary>
    private const int Side = 256;

    /// <summary>Background, hair, skin of the body, skin of the face, clothes, others: in the order of <see cref="PersonPart"/>.</summary>
    private const int Classes = 6;

    private readonly TfLiteModel _network;
    private readonly ConcurrentBag<TfLiteInterpreter> _idle = [];

    /// <summary>Prepares the network.</summary>
    /// <param name="network">Its weights; stay alive as long as they are needed here.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: its input or output is another.</exception>
    public SelfieParser(TfLiteModel network)
    {
        ArgumentNullException.ThrowIfNull(network);
        _network = network;
        var first = new TfLiteInterpreter(network);
        _idle.Add(first);
        if (first.Inputs is [{ Element: TfLiteElement.Floating, Shape: [1, Side, Side, 3] }] && first.Outputs is [{ Element: TfLiteElement.Floating, Shape: [1, Side, Side, Classes] }])
        {
            return;
        }

        var found = $"from {string.Join(", ", first.Inputs)} to {string.Join(", ", first.Outputs)}";
        first.Dispose();
        throw new VeilException(
            VeilErrorCode.InvalidModel, $"Expected a network from 1×{Side}×{Side}×3 to {Classes} classes of as many pixels, but received one {found}.", "Get the file again.");
    }

    /// <summary>Gives a parser to whoever asks: the same one each time, loaded when it is asked for first.</summary>
    /// <param name="read">Gives the bytes of the model <see cref="ModelId"/>.</param>
    public static Func<PersonParser> Loader(ModelReader read)
    {
        ArgumentNullException.ThrowIfNull(read);
        var parser = new Lazy<PersonParser>(() => new SelfieParser(new TfLiteModel(read(ModelId))).Parse);
        return () => parser.Value;
    }

    /// <summary>Tells the parts of a person in a rectangle of a picture: a <see cref="PersonParser"/>.</summary>
    /// <param name="picture">Upright, <see cref="PixelFormat.Rgb24"/>; only read.</param>
    /// <param name="area">The person and some surroundings; inside the picture, not empty.</param>
    /// <exception cref="ArgumentException">Another pixel format, or an area that is empty or not inside.</exception>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.AnonymizationFailed"/>: the network failed.</exception>
    public PersonParts Parse(PixelBuffer picture, PixelRect area)
    {
        ArgumentNullException.ThrowIfNull(picture);
        picture.RequireFormat(PixelFormat.Rgb24);

        if (area.IsEmpty || area.Intersect(picture.Bounds) != area)
        {
            throw new ArgumentException($"Expected an area inside the picture, but received {area} of {picture.Bounds}.", nameof(area));
        }

        var crop = new SquareCrop(new Vector2(area.Width, area.Height) / 2, Math.Max(area.Width, area.Height), 0);
        return Parts(area, crop, Likelihoods(picture.View(area), crop));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_idle.TryTake(out var interpreter))
        {
            interpreter.Dispose();
        }
    }

    private float[] Likelihoods(PixelBuffer seen, SquareCrop crop)
    {
        var interpreter = _idle.TryTake(out var idle) ? idle : new TfLiteInterpreter(_network);
        try
        {
            CropSampler.Sample(seen, crop, Side, interpreter.Input(0));
            interpreter.Invoke();
            return Softmax(interpreter.Output(0));
        }
        catch (VeilException failed) when (failed.Code == VeilErrorCode.DetectionFailed)
        {
            throw new VeilException(VeilErrorCode.AnonymizationFailed, "The network that tells the parts of people could not run.", failed.Hint, failed);
        }
        finally
        {
            _idle.Add(interpreter);
        }
    }

    private static float[] Softmax(ReadOnlySpan<float> logits)
    {
        var likely = new float[Side * Side * Classes];
        for (var at = 0; at < likely.Length; at += Classes)
        {
            var from = logits.Slice(at, Classes);
            var to = likely.AsSpan(at, Classes);
            var (most, sum) = (float.NegativeInfinity, 0f);
            foreach (var logit in from)
            {
                most = MathF.Max(most, logit);
            }

            for (var i = 0; i < Classes; i++)
            {
                to[i] = MathF.Exp(from[i] - most);
                sum += to[i];
            }

            if (!float.IsFinite(sum))
            {
                throw new VeilException(VeilErrorCode.AnonymizationFailed, "Expected likelihoods from the network that tells the parts of people, but it gave no numbers.", "Get the model's file again.");
            }

            for (var i = 0; i < Classes; i++)
            {
                to[i] /= sum;
            }
        }

        return likely;
    }

    private static PersonParts Parts(PixelRect area, SquareCrop crop, float[] likely)
    {
        const float last = Side - 1;
        var (parts, certainty) = (new PersonPart[area.Width * area.Height], new byte[area.Width * area.Height]);
        var scale = Side / crop.Side;
        var corner = crop.Center - new Vector2(crop.Side / 2);
        for (var (y, to) = (0, 0); y < area.Height; y++)
        {
            var v = Math.Clamp(((y + 0.5f - corner.Y) * scale) - 0.5f, 0, last);
            var (top, low) = ((int)v, v - (int)v);
            var bottom = Math.Min(top + 1, Side - 1);
            for (var x = 0; x < area.Width; x++, to++)
            {
                var u = Math.Clamp(((x + 0.5f - corner.X) * scale) - 0.5f, 0, last);
                var (left, right) = ((int)u, u - (int)u);
                var next = Math.Min(left + 1, Side - 1);
                var (a, b) = (((top * Side) + left) * Classes, ((top * Side) + next) * Classes);
                var (c, d) = (((bottom * Side) + left) * Classes, ((bottom * Side) + next) * Classes);
                var (best, highest) = (0, -1f);
                for (var i = 0; i < Classes; i++)
                {
                    var upper = float.Lerp(likely[a + i], likely[b + i], right);
                    var share = float.Lerp(upper, float.Lerp(likely[c + i], likely[d + i], right), low);
                    (best, highest) = share > highest ? (i, share) : (best, highest);
                }

                parts[to] = (PersonPart)best;
                certainty[to] = (byte)MathF.Round(highest * byte.MaxValue);
            }
        }

        return new PersonParts(area, parts) { Certainty = certainty };
    }
}
