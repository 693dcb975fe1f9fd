using System.Globalization;
using Veil.Engine.Runs;
using Veil.Detection;
using Veil.Evaluation.Verification;
using Veil.Evaluation.Verification.Checks;
using Veil.Imaging;
using Veil.Imaging.Jpeg;
using Veil.Imaging.Metadata;
using Veil.Kernels;
using Veil.Onnx.Models;
using Veil.Pipeline;
using Veil.Regions;
using Veil.Tracking;
using Veil.Video.Files;

namespace Veil.Engine.Verification;

/// <summary>What verification is made of in this program; makes one verifier for each worker.</summary>
internal sealed record VerifierSetup
{
    /// <summary>Least score of what is told; below, detectors see faces everywhere.</summary>
    private const float Told = 0.5f;

    /// <summary>Looks at outputs.</summary>
    public required DetectorDescriptor Second { get; init; }

    /// <summary>Looks at originals.</summary>
    public required DetectorDescriptor First { get; init; }

    /// <summary>Judge covered faces.</summary>
    public required IReadOnlyList<RecognitionNetwork> Networks { get; init; }

    /// <summary>The models that take part.</summary>
    public required IReadOnlyList<ReportedModel> Models { get; init; }

    /// <summary>What decides.</summary>
    public OutputCheckSettings Settings { get; init; } = new();

    /// <summary>Which metadata outputs may hold.</summary>
    public MetadataRule Metadata { get; init; }

    /// <summary>How large files may be.</summary>
    public PictureLimits Limits { get; init; } = PictureLimits.Default;

    /// <summary>Which part of films the run took, and at what rate.</summary>
    public VideoOptions Films { get; init; } = new();

    /// <summary>Of films, every n-th frame is looked at.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Where the faces of originals come from.</summary>
    public FaceSource Faces { get; init; }

    /// <summary>The usual set-up.</summary>
    /// <param name="store">Models.</param>
    /// <param name="used">Ids of the detectors that made the run.</param>
    /// <param name="named">The second detector by the user's wish; null for the best of another family.</param>
    /// <exception cref="Errors.VeilException">Something of it cannot run here; nothing is touched yet.</exception>
    public static VerifierSetup Create(ModelStore store, IReadOnlyList<string> used, string? named)
    {
        var onnx = Catalogues.Onnx(store);
        var second = SecondDetector.Choose(Catalogues.Detectors(onnx, store), store, used, named);
        var (networks, models) = FaceNetworks.Load(store);

        // Recognition needs the five points, which only these give.
        var first = onnx.All.Contains(second) && second.Id != "yolo-face" ? second : onnx.Default().Detector;
        return new VerifierSetup
        {
            Second = second, First = first, Networks = networks,
            Models = [.. UsedModels.Describe([.. second.Models.Concat(first.Models).Distinct()], store), .. models],
        };
    }

    /// <summary>What decides, for the report.</summary>
    public IEnumerable<KeyValuePair<string, string>> Describe()
    {
        yield return new("verify.detector", Second.Id);
        yield return new("verify.threshold", Settings.Threshold.ToString(CultureInfo.InvariantCulture));
        yield return new("verify.smallest-face", Settings.Smallest.ToString(CultureInfo.InvariantCulture));
        yield return new("verify.untouched", RegionJson.NameOf(Settings.Untouched));
        foreach (var network in Networks)
        {
            yield return new("verify.same-person." + network.Name, network.Same.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Id and sentence of each check.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Checks() =>
        [.. OutputChecks.Create(new OutputCheckParts { Detect = static _ => [], Networks = Networks }, Settings).Select(check => KeyValuePair.Create(check.Id, check.Summary))];

    /// <summary>A detector that looks at pictures as the second one does.</summary>
    public IRegionDetector CreateSecond() => Second.Create(Options);

    /// <summary>A verifier for one worker.</summary>
    /// <param name="frameDone">Called after each frame.</param>
    public OwnedVerifier CreateVerifier(Action<ItemProgress> frameDone)
    {
        var detector = CreateSecond();
        try
        {
            return new OwnedVerifier(new OutputVerifier(Media(Films), Media(new VideoOptions()), new DetectedRegions(First.Create(Options)), Parts(detector), Settings, new VerifierOptions
            {
                Every = Every, Faces = Faces, FrameDone = frameDone, Tracking = new TrackingPolicy { DetectEvery = 1 },
            }), detector);
        }
        catch
        {
            detector.Dispose();
            throw;
        }
    }

    private DetectorOptions Options => new() { Threshold = Math.Min(Told, Settings.Threshold), SmallestFace = Math.Max(8, (int)(Settings.Smallest / 2)) };

    private OutputCheckParts Parts(IRegionDetector detector) => new()
    {
        Detect = picture => [.. detector.Detect(picture, CancellationToken.None).Where(region => region.Kind == RegionKind.Face)],
        Networks = Networks,
        ChangedUnits = pair => JpegDifference.ChangedUnits(pair.Original.Path, pair.Output, Limits),
        Traces = (path, cancel) => OutputTraces.Of(path, Limits, Metadata, cancel),
        Embedded = Embedded,
        Film = Film,
    };

    private FilmFacts? Film(string path, CancellationToken cancel)
    {
        if (!VideoMedia.IsVideo(path))
        {
            return null;
        }

        var facts = VideoFacts.Read(path, cancel);
        return new FilmFacts(Films is { Start: null, End: null } ? facts.Duration : TimeSpan.Zero, facts.SoundStreams) { PictureStreams = facts.PictureStreams };
    }

    private CombinedMedia Media(VideoOptions films) =>
        new([new PictureMedia(Limits, new EncodeOptions { Mode = EncodeMode.Full }, OverwritePolicy.Refuse), new VideoMedia(films, OverwritePolicy.Refuse, static _ => null)]);

    private void Embedded(string path, Action<PixelBuffer> use)
    {
        if (VideoMedia.IsVideo(path))
        {
            return;
        }

        EmbeddedPictures.Decode(path, Limits, pixels =>
        {
            using var converted = pixels.Format == PixelFormat.Rgb24 ? null : PixelConversion.ToRgb24(pixels);
            use(converted ?? pixels);
        });
    }
}
