using Veil.Errors;
using Veil.Onnx.Inference;

namespace Veil.Onnx.Decoders;

/// <summary>The layouts that Veil reads.</summary>
public static class FaceLayouts
{
    private static readonly FaceLayoutDefinition[] All =
    [
        new(FaceLayout.RetinaFace, "retinaface", "face_rpn_cls_prob_reshape_stride32 1×4×h×w, …bbox_pred… 1×8×h×w, …landmark_pred… 1×20×h×w, and the same for strides 16 and 8", SpatialSize.Free, RetinaFaceDecoder.Matches, new RetinaFaceDecoder()),
        new(FaceLayout.YuNet, "yunet", "cls_8…32 1×N×1, obj_8…32 1×N×1, bbox_8…32 1×N×4, kps_8…32 1×N×10", SpatialSize.Free, YuNetDecoder.Matches, new YuNetDecoder()),
        new(FaceLayout.Scrfd, "scrfd", "three of 1×N×1, three of 1×N×4, three of 1×N×10", SpatialSize.Free, ScrfdDecoder.Matches, new ScrfdDecoder()),
        new(FaceLayout.YoloV5, "yolov5", "1×N×6 or 1×N×16", SpatialSize.AsDeclared, YoloV5Decoder.Matches, new YoloV5Decoder()),
        new(FaceLayout.YoloV8, "yolov8", "1×5×N or 1×20×N (also YOLO 11)", SpatialSize.AsDeclared, YoloV8Decoder.Matches, new YoloV8Decoder()),
        new(FaceLayout.UltraFace, "ultraface", "1×N×2, 1×N×4", SpatialSize.AsDeclared, UltraFaceDecoder.Matches, new UltraFaceDecoder()),
        new(FaceLayout.CenterFace, "centerface", "1×1×h×w, 1×2×h×w, 1×2×h×w, 1×10×h×w", SpatialSize.Free, CenterFaceDecoder.Matches, new CenterFaceDecoder()),
    ];

    /// <summary>Name of a layout on the command line.</summary>
    public static string Id(FaceLayout layout) => Definition(layout).Id;

    /// <summary>The layout with this name on the command line.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: no such layout; the message lists the known ones.</exception>
    public static FaceLayout Parse(string id) => All.FirstOrDefault(known => known.Id == id)?.Layout
        ?? throw new VeilException(
            VeilErrorCode.InvalidOption, $"Expected one of the layouts {string.Join(", ", All.Select(known => known.Id))}, but received '{id}'.");

    internal static FaceLayoutDefinition Definition(FaceLayout layout) => All.First(known => known.Layout == layout);

    /// <summary>The layout that a model's outputs show.</summary>
    /// <param name="model">Name for messages.</param>
    /// <param name="signature">Its inputs and outputs.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: none that Veil knows.</exception>
    internal static FaceLayoutDefinition Recognize(string model, ModelSignature signature) =>
        All.FirstOrDefault(known => known.Matches(signature)) ?? throw new VeilException(
            VeilErrorCode.InvalidModel,
            $"Model '{model}': expected outputs of a known layout, but received {signature}.",
            "Known layouts: " + string.Join("; ", All.Select(known => $"{known.Id} ({known.Outputs})")) + ". Name one with --layout where the shapes are left open.");
}
