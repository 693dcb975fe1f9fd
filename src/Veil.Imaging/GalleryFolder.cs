using Veil.Anonymization;
using Veil.Detection;
using Veil.Errors;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Imaging;

/// <summary>Reads the faces of a folder of photos, one photo at a time; nothing is kept on disk.</summary>
/// <param name="detector">Finds faces.</param>
/// <param name="landmarker">Finds their points.</param>
/// <param name="tellPerson">
/// Numbers people: the same for a face of somebody asked about before, null where it cannot tell. Null: people are not told
/// apart, and only photos that are the same to the pixel count once.
/// </param>
public sealed class GalleryFolder(DetectorDescriptor detector, LandmarkerDescriptor landmarker, Func<PixelBuffer, Region, int?>? tellPerson = null)
{
    // A face smaller than this has too little to average, pixels.
    private const float SmallestFace = 60;

    // What is less than this share of the largest face's size stands in the background.
    private const float Background = 0.4f;

    // How much around the face is kept: what a grown, soft region will show, as a share of its size.
    private const float Around = 1.2f;

    /// <summary>The reader. Loads detector and landmarker at once, so that nothing is touched when they are missing.</summary>
    /// <exception cref="VeilException">Detector or landmarker cannot be loaded.</exception>
    public GalleryReader Open()
    {
        detector.Create(new DetectorOptions()).Dispose();
        landmarker.Create().Dispose();
        return Read;
    }

    private IEnumerable<GalleryPhoto> Read(string folder)
    {
        var files = List(folder);
        using var faces = detector.Create(new DetectorOptions());
        using var points = landmarker.Create();
        foreach (var file in files)
        {
            yield return Read(file, faces, points);
        }
    }

    private static List<string> List(string folder)
    {
        const string hint = "Name a folder of photos with one face each, e.g. generated portraits, or people who agreed to lend their faces.";
        try
        {
            var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(file => !Path.GetFileName(file).StartsWith('.') && PictureFile.Sniff(file) is not null)
                .Order(StringComparer.Ordinal).ToList();
            return files.Count > 0 ? files : throw new VeilException(VeilErrorCode.InvalidOption, $"There is no picture in the gallery '{folder}'.", hint);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"The gallery '{folder}' cannot be read: {error.Message}", hint, error);
        }
    }

    private GalleryPhoto Read(string file, IRegionDetector detector, IFaceLandmarker landmarker)
    {
        using var picture = Decode(file);
        using var rgb = PixelConversion.ToRgb24(picture.Frame(0));
        var found = detector.Detect(rgb, CancellationToken.None).OrderByDescending(face => face.Box.LongSide).ToList();
        if (found.Count == 0 || found[0].Box.LongSide < SmallestFace || found.Skip(1).Any(face => face.Box.LongSide > Background * found[0].Box.LongSide)
            || landmarker.Locate(rgb, found[0]) is not { } points || !points.Fits(found[0]))
        {
            return new GalleryPhoto(Path.GetFileName(file), null, null);
        }

        var area = found[0].Box.Grow(Around).ToPixels().Intersect(rgb.Bounds);
        using var view = rgb.View(area);
        return new GalleryPhoto(Path.GetFileName(file), view.Clone(), found[0] with
        {
            Box = found[0].Box.Offset(-area.Left, -area.Top),
            Landmarks = found[0].Landmarks?.Map(point => new(point.X - area.Left, point.Y - area.Top)),
            Points = points.Map(point => new(point.X - area.Left, point.Y - area.Top)),
            Person = tellPerson?.Invoke(rgb, found[0]),
        });
    }

    private static Picture Decode(string file)
    {
        try
        {
            return PictureFile.Open(file);
        }
        catch (VeilException error)
        {
            throw new VeilException(error.Code, $"The photo '{file}' of the gallery cannot be used: {error.Message}", "Remove it from the gallery, or mend it.", error);
        }
    }
}
