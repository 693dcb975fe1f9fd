using System.Numerics;
using Veil.Detection;
using Veil.Errors;
using Veil.Imaging;
using Veil.Onnx.Inference;
using Veil.Regions;

namespace Veil.Onnx.Text;

/// <summary>
/// Finds writing with PaddleOCR's detection network over the scales of <see cref="TextScales"/>. Workers share the model;
/// buffers are the detector's own.
/// </summary>
internal sealed class TextDetector : IRegionDetector
{
    /// <summary>
    /// The default threshold of 0.45 is 0.31 of the network's then: plates with letters of six pixels score as little
    /// (docs/plates-and-text.md). It is below what one false line per picture would ask for: missed writing stays readable.
    /// </summary>
    private static readonly ScoreScale Scores = new(0.34f);

    private readonly Shared<OnnxModel> _shared;
    private readonly OnnxModel _model;
    private readonly DetectorOptions _options;
    private readonly TextTuning _tuning;
    private readonly RegionOrigin _origin;
    private readonly float _score;
    private readonly InputTensor _input = new();
    private readonly PictureSampler _sampler = new();
    private bool _disposed;

    /// <summary>Takes hold of the model.</summary>
    /// <param name="id">The detector's id, which regions carry as their origin.</param>
    /// <param name="shared">The model.</param>
    /// <param name="options">Checked settings.</param>
    /// <param name="tuning">Checked settings of its own.</param>
    public TextDetector(string id, Shared<OnnxModel> shared, DetectorOptions options, TextTuning tuning)
    {
        (_shared, _options, _tuning) = (shared, options, tuning);
        _origin = new RegionOrigin(RegionSource.Detector, id);
        _score = Scores.FromCommon(options.Threshold ?? DetectorOptions.DefaultThreshold);
        _model = shared.Acquire();
    }

    /// <inheritdoc/>
    public IReadOnlyList<Region> Detect(PixelBuffer image, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        ObjectDisposedException.ThrowIf(_disposed, this);
        image.RequireFormat(PixelFormat.Rgb24);

        var scales = Scales(image.Width, image.Height).Select(scale => Look(image, scale, cancellationToken)).ToList();
        return [.. TextMerge.Merge(scales)
            .Select(line => new Region(line.Box.Bounds, RegionKind.Text, Scores.ToCommon(line.Score), _origin) { Outline = line.Box.Corners })
            .OrderByDescending(region => region.Score)];
    }

    /// <inheritdoc/>
    public int Reduction(int width, int height) => TextScales.Reduction(Scales(width, height)[0]);

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

    private IReadOnlyList<float> Scales(int width, int height) =>
        TextScales.For(width, height, _options.SmallestFace, _options.Effort, _tuning.Megapixels * 1e6f);

    /// <summary>The lines that one scale shows, in the picture's coordinates.</summary>
    private List<TextLine> Look(PixelBuffer image, float scale, CancellationToken cancellationToken)
    {
        var map = new TextMap(Math.Max(1, (int)MathF.Round(image.Width * scale)), Math.Max(1, (int)MathF.Round(image.Height * scale)));
        foreach (var window in TextScales.Windows(image.Width, image.Height, scale))
        {
            cancellationToken.ThrowIfCancellationRequested();
            TextInput.Fill(image, window, _sampler, _input);
            using var outputs = _model.Run(_input);
            var output = outputs[0];
            if (output.Values.Length != _input.Width * _input.Height)
            {
                throw new VeilException(
                    VeilErrorCode.DetectionFailed,
                    $"Expected a map of {_input.Width}×{_input.Height} from '{_model.Name}', but received {TensorSpec.Describe(output.Shape)}.");
            }

            map.Add((int)MathF.Round(window.Left * scale), (int)MathF.Round(window.Top * scale), output.Values, _input.Width, window.Width, window.Height);
        }

        var lines = TextComponents.Find(map, _tuning.PixelThreshold, _score, _tuning.Unclip);
        return [.. lines.Select(line => line with { Box = line.Box.Scale(1 / scale, Vector2.Zero) })];
    }
}
