using System.Numerics;
using System.Runtime.InteropServices;
using Veil.Detection;
using Veil.Errors;
using Veil.Imaging;
using Veil.Inference;
using Veil.Regions;
using Veil.Vision.Native;

namespace Veil.Vision.Faces;

/// <summary>
/// The 68 points of iBUG 300-W by dlib's shape predictor (Kazemi and Sullivan, One Millisecond Face Alignment with an
/// Ensemble of Regression Trees, 2014). Points are whole pixels; boxes of other detectors are brought to dlib's convention.
/// </summary>
public sealed class DlibLandmarker : IFaceLandmarker
{
    private const string Name = "dlib's 68 face points";
    private const string Model = "dlib-68";
    private const int Count = 68;

    // The largest edge that dlib's integers take without trouble.
    private const float Farthest = 1 << 24;

    private readonly ShapeHandle _shape;

    private DlibLandmarker(ShapeHandle shape) => _shape = shape;

    /// <summary>The landmarker for a catalogue.</summary>
    /// <param name="read">Reads the model <c>dlib-68</c>.</param>
    public static LandmarkerDescriptor Describe(ModelReader read) => new(
        "dlib", "68 points by dlib's shape predictor; its training data exclude commercial use", [Model], Factory(read));

    /// <summary>
    /// Makes one landmarker per call, for one worker each. They share the model, some 100 MB, which is loaded by the first.
    /// </summary>
    /// <param name="read">Reads the model <c>dlib-68</c>.</param>
    /// <returns>Thread-safe; throws <see cref="VeilException"/> when the native library or the model is missing or broken.</returns>
    public static Func<IFaceLandmarker> Factory(ModelReader read)
    {
        ArgumentNullException.ThrowIfNull(read);
        var shared = new Lazy<ShapeHandle>(() => Load(read));
        return () => new DlibLandmarker(shared.Value);
    }

    /// <inheritdoc/>
    public unsafe FacePoints? Locate(PixelBuffer image, Region face)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(face);
        using var pinned = new PinnedImage(image);
        var box = DlibBox.For(face);
        if (!IsOn(image, box))
        {
            return null;
        }

        var native = new NativeDetection { Left = box.Left, Top = box.Top, Right = box.Right, Bottom = box.Bottom };
        var points = new Vector2[Count];
        fixed (Vector2* first = points)
        {
            VisionLibrary.Check(NativeMethods.veil_shape_locate(_shape, pinned.Native, native, first, Count), Name, VeilErrorCode.DetectionFailed);
        }

        return new FacePoints(FacePointLayout.Ibug68, ImmutableCollectionsMarshal.AsImmutableArray(points));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The model is shared; it is freed when the last landmarker and the factory are gone.
    }

    /// <summary>A face whose centre is not on the picture, or that is smaller than a pixel, tells nothing.</summary>
    private static bool IsOn(PixelBuffer image, Box box) =>
        box.Width >= 1 && box.Height >= 1 && box.LongSide < Farthest
        && box.CenterX >= 0 && box.CenterY >= 0 && box.CenterX < image.Width && box.CenterY < image.Height;

    private static unsafe ShapeHandle Load(ModelReader read)
    {
        VisionLibrary.Require(Name);
        var model = read(Model);
        ShapeHandle shape;
        fixed (byte* data = model)
        {
            VisionLibrary.Check(NativeMethods.veil_shape_open(data, (nuint)model.Length, out var opened), Name, VeilErrorCode.InvalidModel);
            shape = new ShapeHandle(opened);
        }

        VisionLibrary.Check(NativeMethods.veil_shape_count(shape, out var count), Name, VeilErrorCode.InvalidModel);
        if (count != Count)
        {
            shape.Dispose();
            throw new VeilException(VeilErrorCode.InvalidModel, $"Expected a model of {Count} points, but received one of {count}.");
        }

        return shape;
    }
}
