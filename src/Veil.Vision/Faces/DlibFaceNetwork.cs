using System.Collections.Concurrent;
using System.Numerics;
using Veil.Errors;
using Veil.Identity;
using Veil.Imaging;
using Veil.Inference;
using Veil.Vision.Native;

namespace Veil.Vision.Faces;

/// <summary>
/// dlib's residual network for face recognition (King, "High Quality Face Recognition with Deep Metric Learning", 2017):
/// 99.38 % on LFW by its author. Thread-safe: each call takes a network of its own, of some 25 MB, kept for the next one.
/// </summary>
/// <remarks>
/// The network wants faces of 150×150 as dlib's <c>get_face_chip_details(shape, 150, 0.25)</c> cuts them. They are made from
/// aligned faces here, whose points are known, by the least-squares similarity between these and dlib's mean shape. Such a chip
/// has a third less detail than one from a large photo, and its lowest twelfth, the chin, lies below an aligned face: the last row
/// is repeated there. The author compares vectors by distance and does not bring them to length 1, as is done here.
/// </remarks>
public sealed class DlibFaceNetwork : IDisposable
{
    /// <summary>The network's id in the model manifest.</summary>
    public const string Model = "dlib-resnet";

    private const string Name = "dlib's recognition network";
    private const int Side = 150;
    private const int Dimensions = 128;

    private readonly ConcurrentBag<FaceNetworkHandle> _idle = [];
    private readonly byte[] _model;
    private readonly (Complex Turn, Complex Shift) _chipToFace = Fit();

    /// <summary>Loads the network.</summary>
    /// <param name="read">Reads the model <see cref="Model"/>.</param>
    /// <exception cref="VeilException">The native library or the model is missing or broken.</exception>
    public DlibFaceNetwork(ModelReader read)
    {
        ArgumentNullException.ThrowIfNull(read);
        VisionLibrary.Require(Name);
        _model = read(Model);
        _idle.Add(Open());
    }

    /// <summary>The embedding of an aligned face.</summary>
    /// <param name="face">As <see cref="FaceAlignment.Cut"/> gives it; only read.</param>
    /// <returns>Null when the network gives no direction.</returns>
    /// <exception cref="ArgumentException">It has another size or format.</exception>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.DetectionFailed"/>: dlib failed.</exception>
    public unsafe FaceEmbedding? Read(PixelBuffer face)
    {
        ArgumentNullException.ThrowIfNull(face);
        if (face.Format != PixelFormat.Rgb24 || face.Width != FaceAlignment.Side || face.Height != FaceAlignment.Side)
        {
            throw new ArgumentException(
                $"Expected an aligned face of {FaceAlignment.Side}×{FaceAlignment.Side} {PixelFormat.Rgb24}, but received {face.Width}×{face.Height} {face.Format}.", nameof(face));
        }

        using var chip = Chip(face);
        using var pinned = new PinnedImage(chip);
        var network = _idle.TryTake(out var idle) ? idle : Open();
        try
        {
            Span<float> values = stackalloc float[Dimensions];
            fixed (float* first = values)
            {
                VisionLibrary.Check(NativeMethods.veil_face_network_describe(network, pinned.Native, first, Dimensions), Name, VeilErrorCode.DetectionFailed);
            }

            return FaceEmbedding.Of(values);
        }
        finally
        {
            _idle.Add(network);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_idle.TryTake(out var network))
        {
            network.Dispose();
        }
    }

    /// <summary>The face as dlib would have cut it out.</summary>
    internal PixelBuffer Chip(PixelBuffer face)
    {
        var chip = new PixelBuffer(Side, Side, PixelFormat.Rgb24);
        for (var y = 0; y < Side; y++)
        {
            var row = chip.Row(y);
            for (var x = 0; x < Side; x++)
            {
                // Bilinear between pixel centres, the outermost pixels repeated.
                var place = (_chipToFace.Turn * new Complex(x + 0.5, y + 0.5)) + _chipToFace.Shift;
                var (u, v) = (Math.Clamp(place.Real - 0.5, 0, face.Width - 1), Math.Clamp(place.Imaginary - 0.5, 0, face.Height - 1));
                var (left, top) = ((int)Math.Min(u, face.Width - 2), (int)Math.Min(v, face.Height - 2));
                var (across, down) = (u - left, v - top);
                var upper = face.Row(top)[(3 * left)..];
                var lower = face.Row(top + 1)[(3 * left)..];
                for (var channel = 0; channel < 3; channel++)
                {
                    var above = upper[channel] + (across * (upper[channel + 3] - upper[channel]));
                    var below = lower[channel] + (across * (lower[channel + 3] - lower[channel]));
                    row[(3 * x) + channel] = (byte)(above + (down * (below - above)) + 0.5);
                }
            }
        }

        return chip;
    }

    /// <summary>Least squares with complex numbers: a similarity is a product and a sum.</summary>
    private static (Complex Turn, Complex Shift) Fit()
    {
        // dlib's mean shape: the mean of six points of each eye, the tip of the nose, the corners of the mouth; the chip leaves a
        // quarter of the shape's size around it. dlib names pixels by their centres, we by their edges.
        Complex[] shape = [new(0.225492, 0.215990), new(0.754761, 0.215990), new(0.490127, 0.515625), new(0.254149, 0.780233), new(0.726104, 0.780233)];
        const double padding = 0.25;
        Complex[] chip = [.. shape.Select(point => ((point + new Complex(padding, padding)) * (Side / (1 + (2 * padding)))) + new Complex(0.5, 0.5))];
        Complex[] face = [.. FaceAlignment.Points.Points.Select(point => new Complex(point.X, point.Y))];
        var (from, to) = (chip.Aggregate((a, b) => a + b) / chip.Length, face.Aggregate((a, b) => a + b) / face.Length);
        var turn = chip.Zip(face, (a, b) => Complex.Conjugate(a - from) * (b - to)).Aggregate((a, b) => a + b) / chip.Sum(a => Complex.Abs(a - from) * Complex.Abs(a - from));
        return (turn, to - (turn * from));
    }

    private unsafe FaceNetworkHandle Open()
    {
        fixed (byte* data = _model)
        {
            VisionLibrary.Check(NativeMethods.veil_face_network_open(data, (nuint)_model.Length, out var opened), Name, VeilErrorCode.InvalidModel);
            return new FaceNetworkHandle(opened);
        }
    }
}
