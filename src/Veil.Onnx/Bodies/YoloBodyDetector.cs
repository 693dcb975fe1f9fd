using Veil.Detection;
using Veil.Errors;
using Veil.Imaging;
using Veil.Onnx.Faces;
using Veil.Onnx.Inference;
using Veil.Regions;

namespace Veil.Onnx.Bodies;

/// <summary>
/// Finds people and their masks with a YOLO segmentation network of COCO's 80 classes over the passes of a
/// <see cref="ScalePlan"/>. Workers share the network; buffers are the detector's own.
/// </summary>
internal sealed class YoloBodyDetector : IRegionDetector
{
    private const int Side = 640;
    private const int Classes = 80;
    private const int FirstClass = 4;
    private const int Rows = FirstClass + Classes + YoloMask.Prototypes;

    /// <summary>The first class of COCO.</summary>
    private const int Person = 0;

    /// <summary>Longer side of a box, input pixels, from which a mask tells enough.</summary>
    private const float LeastMasked = 64;

    /// <summary>Intersection over union above which two boxes are the same person; people stand before each other.</summary>
    private const float SamePerson = 0.6f;

    /// <summary>The network's score with one false positive per picture of coco-mini (docs/bodies.md).</summary>
    private static readonly ScoreScale Scores = new(0.055f);

    private static readonly ScaleRules Rules = new()
    {
        SmallestInputFace = 16, LargestInputFace = 160, LargestStep = 4.5f, CoarsestPixels = Side * Side, LargestEnlargement = 1.25f,
        StandardPixels = 1_300_000, ThoroughEnlargement = 1.5f, FixedInput = (Side, Side),
    };

    private readonly Shared<OnnxModel> _shared;
    private readonly OnnxModel _model;
    private readonly DetectorOptions _options;
    private readonly RegionOrigin _origin;
    private readonly float _threshold;
    private readonly InputTensor _input = new();
    private readonly PictureSampler _sampler = new();
    private readonly List<Region> _found = [];
    private bool _disposed;

    /// <summary>Takes hold of the network.</summary>
    /// <param name="id">The detector's id, which regions carry as their origin.</param>
    /// <param name="shared">The network.</param>
    /// <param name="options">Checked settings.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: its outputs are others.</exception>
    public YoloBodyDetector(string id, Shared<OnnxModel> shared, DetectorOptions options)
    {
        (_shared, _options, _origin) = (shared, options, new RegionOrigin(RegionSource.Detector, id));
        _threshold = Scores.FromCommon(options.Threshold ?? DetectorOptions.DefaultThreshold);
        _model = shared.Acquire();
        if (_model.Signature.Outputs is not [{ Shape: [1, Rows, _] }, { Shape: [1, YoloMask.Prototypes, var rows, var columns] }] || rows != columns)
        {
            var signature = _model.Signature;
            shared.Release();
            throw new VeilException(
                VeilErrorCode.InvalidModel, $"Expected a YOLO segmentation network with outputs 1×{Rows}×N and 1×{YoloMask.Prototypes}×N×N, but received {signature}.", "Get the file again.");
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Region> Detect(PixelBuffer image, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        ObjectDisposedException.ThrowIf(_disposed, this);
        image.RequireFormat(PixelFormat.Rgb24);

        _found.Clear();
        foreach (var pass in ScalePlan.For(image.Width, image.Height, _options.SmallestFace, _options.Effort, Rules))
        {
            // A mask of a mirrored look would have to be mirrored back, and adds little.
            cancellationToken.ThrowIfCancellationRequested();
            if (pass.Mirroring == Mirroring.None)
            {
                Run(image, pass);
            }
        }

        return [.. Strongest(_found, region => region.Box, region => region.Score).Select(index => _found[index])];
    }

    /// <inheritdoc/>
    public int Reduction(int width, int height) => ScalePlan.Reduction(width, height, _options.SmallestFace, _options.Effort, Rules);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _input.Dispose();
            _shared.Release();
        }
    }

    private static int[] Strongest<T>(List<T> found, Func<T, Box> box, Func<T, float> score) =>
        NonMaximumSuppression.Select([.. found.Select(box)], [.. found.Select(score)], SamePerson);

    private void Run(PixelBuffer image, ScalePass pass)
    {
        var window = pass.Window;
        _input.Resize(Side, Side);
        _sampler.Fill(image, window, InputEncoding.RgbUnit, _input);
        using var outputs = _model.Run(_input);
        var columns = (int)outputs[0].Shape[^1];
        var side = (int)outputs[1].Shape[^1];
        var candidates = Candidates(outputs[0].Values, columns, image, pass);

        // Masks are drawn while the prototypes are there, for those alone that this look keeps.
        Span<float> weights = stackalloc float[YoloMask.Prototypes];
        foreach (var index in Strongest(candidates, candidate => candidate.Box, candidate => candidate.Score))
        {
            var (box, score, column) = candidates[index];
            for (var k = 0; k < weights.Length; k++)
            {
                weights[k] = outputs[0].Values[((FirstClass + Classes + k) * columns) + column];
            }

            var place = box.Scale(1 / window.Scale, 1 / window.Scale).Offset(window.Left, window.Top).Intersect(new Box(0, 0, image.Width, image.Height));
            if (!place.IsEmpty)
            {
                _found.Add(new Region(place, RegionKind.Body, Scores.ToCommon(score), _origin)
                {
                    Mask = box.LongSide < LeastMasked ? null : YoloMask.Draw(outputs[1].Values, side, weights, box, window, new PixelRect(0, 0, image.Width, image.Height)),
                });
            }
        }
    }

    /// <summary>People of the sizes that the pass is for, whole in its window; boxes in input pixels.</summary>
    private List<(Box Box, float Score, int Column)> Candidates(ReadOnlySpan<float> values, int columns, PixelBuffer image, ScalePass pass)
    {
        var found = new List<(Box Box, float Score, int Column)>();
        for (var column = 0; column < columns; column++)
        {
            var score = values[((FirstClass + Person) * columns) + column];
            if (!(score >= _threshold))
            {
                continue;
            }

            var (x, y) = (values[column], values[columns + column]);
            var (halfWidth, halfHeight) = (values[(2 * columns) + column] / 2, values[(3 * columns) + column] / 2);
            var box = new Box(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight);
            var size = MathF.Sqrt(box.Area) / pass.Window.Scale;
            if (size >= pass.SmallestFace && size <= pass.LargestFace && IsWhole(box, image, pass.Window))
            {
                found.Add((box, Math.Min(score, 1), column));
            }
        }

        return found;
    }

    /// <summary>False for a box that touches an edge where the picture goes on: another window holds the whole person.</summary>
    private static bool IsWhole(Box box, PixelBuffer image, SourceWindow window)
    {
        const float margin = 2;
        var (right, bottom) = (window.Left + (window.Width / window.Scale), window.Top + (window.Height / window.Scale));
        return (window.Left <= 0 || box.Left >= margin)
            && (window.Top <= 0 || box.Top >= margin)
            && (right >= image.Width - 1 || box.Right <= window.Width - margin)
            && (bottom >= image.Height - 1 || box.Bottom <= window.Height - margin);
    }
}
