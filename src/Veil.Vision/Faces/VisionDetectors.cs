using Veil.Detection;
using Veil.Inference;
using Veil.Regions;
using Veil.Vision.Native;
using Veil.Vision.Plates;

namespace Veil.Vision.Faces;

/// <summary>The detectors that run in OpenCV and dlib.</summary>
public static class VisionDetectors
{
    private const string CnnModel = "dlib-mmod";

    /// <summary>Lists them; nothing is loaded yet. The descriptors are thread-safe, each detector serves one worker.</summary>
    /// <param name="read">Reads the models.</param>
    public static IReadOnlyList<DetectorDescriptor> List(ModelReader read)
    {
        ArgumentNullException.ThrowIfNull(read);
        var cnn = new Lazy<byte[]>(() => read(CnnModel), LazyThreadSafetyMode.PublicationOnly);
        return
        [
            DetectorDescriptor.Of<HaarTuning>(
                "haar", "OpenCV's Haar and LBP cascades: fast, upright frontal or profile faces from 20 pixels on", [RegionKind.Face], [],
                (options, tuning) => new HaarDetector(
                    "haar", RegionKind.Face, options, CascadePass.Of(tuning.Cascade), new LookingSize(0, tuning.Megapixels),
                    new NativeCascadeSettings { ScaleFactor = tuning.ScaleFactor, Neighbors = tuning.Neighbors, Smallest = options.SmallestFace })) with
            {
                Requires = static tuning => Require("haar", CascadePass.Of(((HaarTuning)tuning!).Cascade)),
            },
            DetectorDescriptor.Of<HogTuning>(
                "hog", "dlib's HOG detector: upright frontal faces from 40 pixels on", [RegionKind.Face], [],
                (options, tuning) => new HogDetector("hog", options, tuning)) with
            {
                Requires = static _ => Require("hog", []),
            },
            DetectorDescriptor.Of<CnnTuning>(
                "dlib-cnn", "dlib's CNN, as the face_recognition library uses it: faces from 40 pixels on, slow; CC0", [RegionKind.Face], [CnnModel],
                (options, tuning) => new CnnDetector("dlib-cnn", options, tuning, cnn.Value)) with
            {
                Requires = static _ => Require("dlib-cnn", []),
            },
            PlateDetectors.Describe(),
        ];
    }

    internal static void Require(string id, IEnumerable<CascadePass> passes)
    {
        VisionLibrary.Require($"Detector '{id}'");
        foreach (var pass in passes)
        {
            CascadeFiles.Find(pass.File);
        }
    }
}
