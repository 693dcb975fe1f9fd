using Veil.Datasets;
using Veil.Detection;
using Veil.Evaluation.Coco;
using Veil.Evaluation.Detection;
using Veil.Onnx.Models;
using Veil.Regions;
using Veil.TensorFlowLite.Bodies;
using Veil.TensorFlowLite.Inference;

namespace Veil.Cli.Measuring;

/// <summary>What is measured: boxes of people or faces, poses, masks.</summary>
internal sealed record CocoTaskSettings
{
    /// <summary>
    /// Lowest score of boxes that are looked at more closely, where 0.5 stands for one false positive per picture: those below add
    /// next to nothing to a curve, and a look at each takes as long as at the others.
    /// </summary>
    private const float LowestLookedAt = 0.1f;

    private readonly Func<FileInfo, AnnotatedPictures> _open;
    private readonly Func<PeopleFinding, PoseEstimator?, CocoFind> _find;

    private CocoTaskSettings(Func<FileInfo, AnnotatedPictures> open, Func<PeopleFinding, PoseEstimator?, CocoFind> find) => (_open, _find) = (open, find);

    /// <summary>Boxes of people.</summary>
    public static CocoTaskSettings Bodies { get; } = new(file => Coco(file, (person, _) => TruthShape.Body(person)), (finding, _) => finding.Boxes)
    {
        Title = "Detecting people in anonymized pictures", What = "boxes of people",
        Protocols = ["COCO's evaluation of boxes: average precision over overlaps (IoU) of 0.5 to 0.95 with 101 levels of recall, at most 100 boxes a picture; crowds count neither way."],
    };

    /// <summary>Boxes of faces.</summary>
    public static CocoTaskSettings Faces { get; } = new(file => AnnotatedPictures.IsListOfFaces(file) ? AnnotatedPictures.OfFaces(file) : Coco(file, TruthShape.Face), (finding, _) => finding.Boxes)
    {
        Kind = RegionKind.Face, Title = "Detecting faces in anonymized pictures", What = "boxes of faces",
        Protocols =
        [
            "COCO's evaluation of boxes: average precision over overlaps (IoU) of 0.5 to 0.95 with 101 levels of recall, at most 100 boxes a picture.",
            "Of COCO's annotations, faces are squares around eyes, nose and ears, so that their boxes agree with a detector's only roughly: AP50 says more than AP. Faces found on people without these points count neither way.",
        ],
    };

    /// <summary>Poses of people.</summary>
    public static CocoTaskSettings Poses { get; } = new(file => Coco(file, (person, _) => TruthShape.Pose(person)), (finding, estimator) => finding.Poses(estimator!))
    {
        Protocol = CocoProtocol.Poses, Title = "Poses of people in anonymized pictures", What = "poses of people", LowestScore = LowestLookedAt, Models = [PoseSegmenter.ModelId],
        Protocols =
        [
            "COCO's evaluation of poses: average precision over object keypoint similarities (OKS) of 0.5 to 0.95, at most 20 poses a picture; people without body points count neither way.",
            $"Boxes are detected, not annotated: the 20 strongest with a score of {LowestLookedAt} or more, each shown to MediaPipe's pose network, whose points are mapped to COCO's 17. The network looks twice: at a square around the box, then at the one, turned upright, that its own points ask for. A pose scores as its box, times the network's certainty and the mean visibility of its points.",
        ],
    };

    /// <summary>Masks of people.</summary>
    public static CocoTaskSettings Masks { get; } = new(file => Coco(file, TruthShape.Outline), (finding, estimator) => finding.Masks(estimator!))
    {
        Title = "Outlines of people in anonymized pictures", What = "masks of people", LowestScore = LowestLookedAt, Models = [PoseSegmenter.ModelId],
        Protocols =
        [
            "COCO's evaluation of masks: average precision over overlaps (IoU of masks) of 0.5 to 0.95 with 101 levels of recall; crowds count neither way.",
            $"Boxes are detected, not annotated: the 20 strongest with a score of {LowestLookedAt} or more, each shown to MediaPipe's pose network, whose segmentation at one half is the mask; a detector that gives masks has its own.",
        ],
    };

    /// <summary>The kind that the detector finds.</summary>
    public RegionKind Kind { get; private init; } = RegionKind.Body;

    /// <summary>Of the evaluation.</summary>
    public CocoProtocol Protocol { get; private init; } = CocoProtocol.Objects;

    /// <summary>Of the report.</summary>
    public required string Title { get; init; }

    /// <summary>What is measured, as a noun.</summary>
    public required string What { get; init; }

    /// <summary>How, in sentences.</summary>
    public required IReadOnlyList<string> Protocols { get; init; }

    /// <summary>The detector's threshold.</summary>
    public float LowestScore { get; private init; } = DetectionBenchmark.LowestScore;

    /// <summary>Models beside the detector's.</summary>
    public IReadOnlyList<string> Models { get; private init; } = [];

    /// <summary>Reads the annotations.</summary>
    public AnnotatedPictures Open(FileInfo truth) => _open(truth);

    /// <summary>The network beside the detector; null where there is none.</summary>
    public PoseEstimator? Load(ModelStore store) => Models.Count == 0 ? null : new PoseEstimator(new TfLiteModel(store.Read(ModelManifest.Find(PoseSegmenter.ModelId))));

    /// <summary>What finds.</summary>
    public CocoFind Find(AnnotatedPictures pictures, IRegionDetector detector, PoseEstimator? network) => _find(new PeopleFinding(pictures, detector), network);

    /// <summary>What finds, by name.</summary>
    public string Name(DetectorDescriptor detector) => string.Join(" and ", Models.Prepend(detector.Id));

    private static AnnotatedPictures Coco(FileInfo file, Func<DatasetObject, PictureSize, TruthShape> shape) => AnnotatedPictures.OfCoco(file, shape, new DatasetReadOptions());
}
