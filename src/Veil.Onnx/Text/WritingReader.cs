using Veil.Errors;
using Veil.Imaging;
using Veil.Onnx.Inference;
using Veil.Onnx.Models;
using Veil.Regions;
using Veil.Writing;

namespace Veil.Onnx.Text;

/// <summary>
/// Reads lines with PaddleOCR's recognition network: Latin with its accents, digits, Greek and Chinese. Lines that are
/// higher than long are read upwards and downwards, others as they lie and, where that says little, upside down; the surest
/// reading stays.
/// </summary>
public sealed class WritingReader : IWritingReader
{
    private const string Network = "ppocr-rec";
    private const string Characters = "ppocr-characters";

    /// <summary>A line so much higher than long is turned.</summary>
    private const float Upright = 1.5f;

    /// <summary>A surer reading is not doubted.</summary>
    private const float Sure = 0.9f;

    private readonly Shared<Loaded> _shared;
    private readonly OnnxModel _model;
    private readonly CharacterSet _characters;
    private readonly InputTensor _input = new();
    private bool _disposed;

    private WritingReader(Shared<Loaded> shared)
    {
        _shared = shared;
        (_model, _characters) = shared.Acquire();
    }

    /// <summary>The reader for a catalogue; workers share the model.</summary>
    /// <param name="store">Where models are.</param>
    public static WritingReaderDescriptor Describe(ModelStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        var shared = new Shared<Loaded>(() => Load(store.Read(ModelManifest.Find(Network)), store.Read(ModelManifest.Find(Characters))));
        return new WritingReaderDescriptor("ppocr", [Network, Characters], () => new WritingReader(shared));
    }

    /// <inheritdoc/>
    public LineReading Read(PixelBuffer image, Region line)
    {
        ArgumentNullException.ThrowIfNull(image);
        ObjectDisposedException.ThrowIf(_disposed, this);
        image.RequireFormat(PixelFormat.Rgb24);

        var box = RotatedBox.Of(line);
        if (box.Height > Upright * box.Width)
        {
            box = box.Turned();
            return Better(Read(image, box), Read(image, box.Turned().Turned()));
        }

        var reading = Read(image, box);
        return reading.Certainty >= Sure ? reading : Better(reading, Read(image, box.Turned().Turned()));
    }

    /// <inheritdoc/>
    public PixelRect Reads(Region line) => RotatedBox.Of(line).Bounds.ToPixels().Inflate(1);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _input.Dispose();
        _shared.Release();
    }

    private static LineReading Better(LineReading one, LineReading other) => other.Certainty > one.Certainty ? other : one;

    private static Loaded Load(byte[] network, byte[] characters)
    {
        var known = CharacterSet.Parse(Characters, characters);
        var model = OnnxModel.Load(Network, network, SpatialSize.AsDeclared, threads: 1);
        if (model.Signature.Outputs is [{ Shape: [_, _, var classes] }] && classes == known.Classes)
        {
            return new Loaded(model, known);
        }

        model.Dispose();
        throw new VeilException(VeilErrorCode.InvalidModel, $"Expected '{Network}' to tell {known.Classes} characters apart, but received {model.Signature}.");
    }

    private LineReading Read(PixelBuffer image, RotatedBox box)
    {
        LineCrop.Fill(image, box, _input);
        using var outputs = _model.Run(_input);
        return CtcDecoder.Decode(outputs[0].Values, _characters);
    }

    private sealed record Loaded(OnnxModel Model, CharacterSet Characters) : IDisposable
    {
        public void Dispose() => Model.Dispose();
    }
}
