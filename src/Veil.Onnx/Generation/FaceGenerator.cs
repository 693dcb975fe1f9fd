using Microsoft.ML.OnnxRuntime;
using Veil.Errors;
using Veil.Imaging;
using Veil.Onnx.Inference;
using Veil.Onnx.Models;
using Veil.Onnx.TensorFlowJs;

namespace Veil.Onnx.Generation;

/// <summary>
/// Makes faces of people who do not exist: TensorFlow Hub's progressive GAN (Karras et al., 2018), trained on CelebA at 128².
/// Thread-safe: several threads may ask at once; one inference uses the threads it was loaded with. The same latent gives the
/// same picture on one machine, whichever others are made with it in a call.
/// </summary>
public sealed class FaceGenerator : IDisposable
{
    /// <summary>The model in the manifest.</summary>
    public const string ModelId = "progan-128";

    /// <summary>Numbers that make a face.</summary>
    public const int LatentLength = 512;

    /// <summary>Columns and rows of a face.</summary>
    public const int Side = 128;

    // What comes before the graph's last step, which clips it to 0..1: see ToByte.
    private const string Unclipped = "module_apply_default/add_27";
    private const int Plane = Side * Side;
    private static readonly string[] Inputs = ["latent_vector"];
    private static readonly string[] Outputs = ["face"];

    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();

    private FaceGenerator(InferenceSession session) => _session = session;

    /// <summary>Loads the network; takes about a second.</summary>
    /// <param name="store">Where its files are.</param>
    /// <param name="threads">Threads of one inference, 1 or more.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: missing, altered, or refused by the licence filter.</exception>
    public static FaceGenerator Load(ModelStore store, int threads)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var model = TensorFlowJsModel.Read(ModelId, TensorFlowJsModel.Graph, store.ReadAll(ModelManifest.Find(ModelId)));
        return new FaceGenerator(OnnxModel.Open(ModelId, GraphConverter.ToOnnx(model, Unclipped, Outputs[0]), threads));
    }

    /// <summary>The face of a latent.</summary>
    /// <param name="latent"><see cref="LatentLength"/> finite numbers, not all 0; only their direction counts. See <see cref="FaceLatent"/>.</param>
    /// <returns><see cref="Side"/>×<see cref="Side"/> <see cref="PixelFormat.Rgb24"/>, eyes level and upright, as CelebA's faces are aligned; owned by the caller.</returns>
    /// <exception cref="ArgumentException">The latent is not as said.</exception>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.AnonymizationFailed"/>: ONNX Runtime failed.</exception>
    public PixelBuffer Generate(ReadOnlySpan<float> latent)
    {
        var scaled = new float[LatentLength];
        FaceLatent.Normalise(latent, scaled);
        try
        {
            using var input = OrtValue.CreateTensorValueFromMemory(scaled, [1, LatentLength]);
            using var results = _session.Run(_run, Inputs, [input], Outputs);
            return ToPicture(results[0].GetTensorDataAsSpan<float>());
        }
        catch (OnnxRuntimeException failure)
        {
            throw new VeilException(VeilErrorCode.AnonymizationFailed, $"Model '{ModelId}' failed on a latent: {failure.Message}", innerException: failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }

    private static PixelBuffer ToPicture(ReadOnlySpan<float> planes)
    {
        var picture = new PixelBuffer(Side, Side, PixelFormat.Rgb24);
        var pixels = picture.Span;
        for (var i = 0; i < Plane; i++)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                pixels[(3 * i) + channel] = ToByte(planes[(channel * Plane) + i]);
            }
        }

        return picture;
    }

    // What the graph clips to 0..1 spans about −0.5 to 1.5: the −1..1 of the training pictures plus 1/2, where (x + 1) / 2 is
    // meant. Clipped as it is, half of the shades are lost and every face glares; mapped so, nearly nothing is clipped.
    private static byte ToByte(float value) => (byte)Math.Clamp(MathF.Round((value + 0.5f) / 2 * byte.MaxValue), 0, byte.MaxValue);
}
