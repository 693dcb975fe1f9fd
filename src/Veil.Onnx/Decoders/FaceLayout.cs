namespace Veil.Onnx.Decoders;

/// <summary>How a face model arranges its outputs.</summary>
public enum FaceLayout
{
    /// <summary>Per stride 32, 16, 8: softmax scores, box offsets and points for two square anchors (InsightFace).</summary>
    RetinaFace,

    /// <summary>Per stride 8, 16, 32: class score, objectness, box, five points (libfacedetection, OpenCV).</summary>
    YuNet,

    /// <summary>Per stride 8, 16, 32: score, four edge distances, five points for two anchors (InsightFace).</summary>
    Scrfd,

    /// <summary>1×N×(5+1) or 1×N×16: centre, size, objectness, (five points,) class score.</summary>
    YoloV5,

    /// <summary>1×5×N or 1×20×N: centre, size, score(, five points with visibility); also YOLO 11.</summary>
    YoloV8,

    /// <summary>1×N×2 scores and 1×N×4 corners as fractions of the picture.</summary>
    UltraFace,

    /// <summary>Stride 4: heat map, log size, offset, five points.</summary>
    CenterFace,
}
