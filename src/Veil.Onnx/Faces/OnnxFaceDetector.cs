using System.Numerics;
using Veil.Detection;
using Veil.Imaging;
using Veil.Onnx.Decoders;
using Veil.Onnx.Inference;
using Veil.Regions;

namespace Veil.Onnx.Faces;

/// <summary>
/// Finds faces with one ONNX model over the passes of a <see cref="ScalePlan"/>. Workers share the model; buffers are the
/// detector's own.
/// </summary>
internal sealed class OnnxFaceDetector : IRegionDetector
{
    private readonly RegionKind _kind;
    private readonly Shared<FaceModel> _shared;
    private readonly OnnxModel _model;
    private readonly FaceModelProfile _profile;
    private readonly DetectorOptions _options;
    private readonly RegionOrigin _origin;
    private readonly float _threshold;
    private readonly InputTensor _input = new();
    private readonly PictureSampler _sampler = new();
    private readonly List<Candidate> _found = [];
    private readonly List<Candidate> _all = [];
    private readonly List<int> _views = [];
    private bool _disposed;

    /// <summary>Takes hold of the model.</summary>
    /// <param name="id">The detector's id, which regions carry as their origin.</param>
    /// <param name="kind">What the model finds.</param>
    /// <param name="shared">The model.</param>
    /// <param name="options">Checked settings.</param>
    public OnnxFaceDetector(string id, RegionKind kind, Shared<FaceModel> shared, DetectorOptions options)
    {
        (_kind, _shared, _options) = (kind, shared, options);
        _origin = new RegionOrigin(RegionSource.Detector, id);
        (_model, _profile) = shared.Acquire();
        _threshold = options.Threshold ?? DetectorOptions.DefaultThreshold;
    }

    /// <inheritdoc/>
    public IReadOnlyList<Region> Detect(PixelBuffer image, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        ObjectDisposedException.ThrowIf(_disposed, this);
        image.RequireFormat(PixelFormat.Rgb24);

        _all.Clear();
        _views.Clear();
        foreach (var pass in ScalePlan.For(image.Width, image.Height, _options.SmallestFace, _options.Effort, _profile.Rules))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Run(image, pass);
        }

        return FaceMerge.Merge(_all, _views, _profile, _kind, _origin);
    }

    /// <inheritdoc/>
    public int Reduction(int width, int height) =>
        ScalePlan.Reduction(width, height, _options.SmallestFace, _options.Effort, _profile.Rules);

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

    private void Run(PixelBuffer image, ScalePass pass)
    {
        var window = pass.Window;
        var (width, height) = _profile.Rules.FixedInput ?? (Padded(window.Width), Padded(window.Height));
        _input.Resize(width, height);
        _sampler.Fill(image, window, _profile.Decoder.Encoding, _input);
        if (pass.Mirroring == Mirroring.Horizontal)
        {
            Mirror(window);
        }

        _found.Clear();
        using (var outputs = _model.Run(_input))
        {
            _profile.Decoder.Decode(outputs, width, height, _profile.Scores.FromCommon(_threshold), _found);
        }

        foreach (var candidate in _found)
        {
            var face = pass.Mirroring == Mirroring.Horizontal ? Unmirror(candidate, window.Width) : candidate;
            if (!IsCut(face.Box, image, window))
            {
                face = ToPicture(face, window);
                var size = MathF.Sqrt(face.Box.Area);
                if (size >= pass.SmallestFace && size <= pass.LargestFace)
                {
                    _all.Add(face);
                    _views.Add(pass.View);
                }
            }
        }
    }

    private void Mirror(SourceWindow window)
    {
        for (var plane = 0; plane < 3; plane++)
        {
            for (var y = 0; y < window.Height; y++)
            {
                _input.Row(plane, y)[..window.Width].Reverse();
            }
        }
    }

    /// <summary>True for a box that reaches over a tile's edge inside the picture: another tile holds the whole face.</summary>
    private static bool IsCut(Box box, PixelBuffer image, SourceWindow window)
    {
        var right = window.Left + (window.Width / window.Scale);
        var bottom = window.Top + (window.Height / window.Scale);
        return (window.Left > 0 && box.Left < 0)
            || (window.Top > 0 && box.Top < 0)
            || (right < image.Width - 1 && box.Right > window.Width)
            || (bottom < image.Height - 1 && box.Bottom > window.Height);
    }

    private static Candidate ToPicture(Candidate face, SourceWindow window)
    {
        var back = 1 / window.Scale;
        var origin = new Vector2(window.Left, window.Top);
        return face with
        {
            Box = face.Box.Scale(back, back).Offset(window.Left, window.Top),
            Landmarks = face.Landmarks?.Map(point => (point * back) + origin),
        };
    }

    private static Candidate Unmirror(Candidate face, int width)
    {
        var points = face.Landmarks?.Map(point => new Vector2(width - point.X, point.Y));
        return face with
        {
            Box = new Box(width - face.Box.Right, face.Box.Top, width - face.Box.Left, face.Box.Bottom),
            Landmarks = points is null ? null : new FaceLandmarks(points.RightEye, points.LeftEye, points.Nose, points.RightMouth, points.LeftMouth),
        };
    }

    private static int Padded(int side) => (side + ScalePlan.Multiple - 1) / ScalePlan.Multiple * ScalePlan.Multiple;
}
