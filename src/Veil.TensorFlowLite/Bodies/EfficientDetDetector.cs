using System.Numerics;
using Veil.Detection;
using Veil.Errors;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;
using Veil.TensorFlowLite.Inference;

namespace Veil.TensorFlowLite.Bodies;

/// <summary>
/// Finds whole people with EfficientDet-Lite (Tan, Pang and Le, 2020) over the windows of <see cref="BodyWindows"/>. Boxes
/// are decoded as in google/automl, efficientdet.
/// </summary>
internal sealed class EfficientDetDetector : IRegionDetector
{
    private const int Classes = 90;

    /// <summary>The first class of COCO.</summary>
    private const int Person = 0;

    /// <summary>Intersection over union above which two boxes are the same person; people stand before each other.</summary>
    private const float SamePerson = 0.5f;

    /// <summary>The value that padding has in the input: the mean grey that the network takes for 0.</summary>
    private const byte Padding = 127;

    /// <summary>The network's score with one false positive per picture of coco-mini (docs/bodies.md).</summary>
    private static readonly ScoreScale Scores = new(0.21f);

    private readonly TfLiteInterpreter _interpreter;
    private readonly EfficientDetGraph.Anchor[] _anchors;
    private readonly DetectorOptions _options;
    private readonly RegionOrigin _origin;
    private readonly int _side;
    private readonly float _threshold;
    private readonly List<Box> _boxes = [];
    private readonly List<float> _scores = [];

    /// <summary>Prepares the network.</summary>
    /// <param name="id">The detector's id, which regions carry as their origin.</param>
    /// <param name="network">Its weights, shared by all workers.</param>
    /// <param name="anchors">Its anchors.</param>
    /// <param name="options">Checked settings.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: its inputs or outputs are others.</exception>
    public EfficientDetDetector(string id, TfLiteModel network, EfficientDetGraph.Anchor[] anchors, DetectorOptions options)
    {
        (_anchors, _options, _origin) = (anchors, options, new RegionOrigin(RegionSource.Detector, id));
        _threshold = Scores.FromCommon(options.Threshold ?? DetectorOptions.DefaultThreshold);
        _interpreter = new TfLiteInterpreter(network);
        if (_interpreter.Inputs is [{ Element: TfLiteElement.UnsignedBytes, Shape: [1, var rows, var columns, 3] }] && rows == columns
            && _interpreter.Outputs is [{ Element: TfLiteElement.SignedBytes, Shape: [1, var boxes, 4] }, { Element: TfLiteElement.SignedBytes, Shape: [1, var scores, Classes] }]
            && boxes == anchors.Length && scores == boxes)
        {
            _side = rows;
            return;
        }

        var found = $"from {string.Join(", ", _interpreter.Inputs)} to {string.Join(", ", _interpreter.Outputs)}";
        _interpreter.Dispose();
        throw new VeilException(
            VeilErrorCode.InvalidModel,
            $"Expected EfficientDet-Lite, a network from bytes of a square picture to boxes and {Classes} classes of {anchors.Length} anchors, but received one {found}.",
            "Get the file again.");
    }

    /// <inheritdoc/>
    public IReadOnlyList<Region> Detect(PixelBuffer image, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        image.RequireFormat(PixelFormat.Rgb24);

        _boxes.Clear();
        _scores.Clear();
        foreach (var window in BodyWindows.For(image.Width, image.Height, _side, _options.SmallestFace, _options.Effort))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Run(image, window);
        }

        Box[] boxes = [.. _boxes];
        float[] scores = [.. _scores];
        return [.. NonMaximumSuppression.Select(boxes, scores, SamePerson)
            .Select(index => new Region(boxes[index], RegionKind.Body, Scores.ToCommon(scores[index]), _origin))];
    }

    /// <inheritdoc/>
    public void Dispose() => _interpreter.Dispose();

    private void Run(PixelBuffer image, BodyWindow window)
    {
        var columns = Math.Clamp((int)MathF.Round(window.Width * window.Scale), 1, _side);
        var rows = Math.Clamp((int)MathF.Round(window.Height * window.Scale), 1, _side);
        Show(image.View(new PixelRect(window.Left, window.Top, window.Left + window.Width, window.Top + window.Height)), columns, rows);
        _interpreter.Invoke();

        var logits = _interpreter.OutputBytes(1);
        var offsets = _interpreter.OutputBytes(0);
        var (logit, offset) = (_interpreter.Outputs[1], _interpreter.Outputs[0]);
        var least = MathF.Log(_threshold / (1 - _threshold));
        var picture = new Box(0, 0, image.Width, image.Height);
        for (var i = 0; i < _anchors.Length; i++)
        {
            var value = (logits[(i * Classes) + Person] - logit.ZeroPoint) * logit.Scale;
            if (!(value >= least))
            {
                continue;
            }

            var box = Decode(_anchors[i], offsets.Slice(4 * i, 4), offset);
            if (IsWhole(box, columns, rows, image, window))
            {
                box = box.Scale(window.Width / (float)columns, window.Height / (float)rows).Offset(window.Left, window.Top).Intersect(picture);
                if (!box.IsEmpty && box.LongSide <= window.LargestBody)
                {
                    _boxes.Add(box);
                    _scores.Add(1 / (1 + MathF.Exp(-value)));
                }
            }
        }
    }

    private void Show(PixelBuffer part, int columns, int rows)
    {
        var input = _interpreter.InputBytes(0);
        input.Fill(Padding);
        Resampler.Apply(part.Span, part.Stride, part.Width, part.Height, input, 3 * _side, columns, rows, 3, Resampling.Area);
    }

    private Box Decode(EfficientDetGraph.Anchor anchor, ReadOnlySpan<sbyte> offsets, TfLiteTensorSpec spec)
    {
        var (zero, scale) = (spec.ZeroPoint, spec.Scale);
        var center = anchor.Center + (anchor.Size * new Vector2((offsets[1] - zero) * scale, (offsets[0] - zero) * scale));
        var half = anchor.Size * new Vector2(MathF.Exp((offsets[3] - zero) * scale), MathF.Exp((offsets[2] - zero) * scale)) / 2;
        var (low, high) = ((center - half) * _side, (center + half) * _side);
        return new Box(low.X, low.Y, high.X, high.Y);
    }

    /// <summary>False for a box that touches an edge where the picture goes on: another window holds the whole person.</summary>
    private static bool IsWhole(Box box, int columns, int rows, PixelBuffer image, BodyWindow window)
    {
        const float margin = 2;
        return (window.Left == 0 || box.Left >= margin)
            && (window.Top == 0 || box.Top >= margin)
            && (window.Left + window.Width == image.Width || box.Right <= columns - margin)
            && (window.Top + window.Height == image.Height || box.Bottom <= rows - margin);
    }
}
