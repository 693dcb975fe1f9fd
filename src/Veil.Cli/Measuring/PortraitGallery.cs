using Veil.Detection;
using Veil.Errors;
using Veil.Evaluation.Privacy;
using Veil.Evaluation.Reports;
using Veil.Evaluation.Treatments;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Onnx.Generation;
using Veil.Onnx.Models;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Cli.Measuring;

/// <summary>Shows what treatments look like, on people who do not exist: nobody who was measured is ever shown.</summary>
/// <param name="store">The models.</param>
internal sealed class PortraitGallery(ModelStore store)
{
    /// <summary>Largest side of a portrait: a treatment's look is the same at any size, and the report stays small.</summary>
    private const int LargestSide = 256;

    private const int Quality = 85;

    private static readonly ulong[] Seeds = [3, 11];

    /// <summary>Towards the plain face, where the generator makes no mishaps, and people still differ.</summary>
    private const float Truncation = 0.75f;

    /// <summary>At most so many people are shown: more tell nothing new.</summary>
    private const int MostPeople = 2;

    /// <summary>The generator, where it made the people.</summary>
    public IReadOnlyList<ReportedModel> Models { get; private set; } = [];

    /// <summary>True where Veil can generate people itself.</summary>
    public bool CanGenerate => ModelManifest.Find(FaceGenerator.ModelId) is var entry && store.Has(entry) && store.Allows(entry);

    /// <summary>Every treatment on every person.</summary>
    /// <param name="treatments">The original first.</param>
    /// <param name="portraits">Pictures of generated people that the user brings; null generates two.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="VeilException">A portrait cannot be read, or shows no face.</exception>
    public IReadOnlyList<ReportPictures> Show(IReadOnlyList<Treatment> treatments, DirectoryInfo? portraits, CancellationToken cancel)
    {
        var people = portraits is null ? Generate() : Read(portraits);
        using var detector = Catalogues.Onnx(store).Default().Detector.Create(new DetectorOptions());
        using var landmarker = treatments.Any(PrivacyExperiment.WantsPoints) ? Catalogues.Landmarkers(store).Default.Create() : null;
        return [.. people.Index().Select(person => Show(person.Index + 1, person.Item.Name, person.Item.Portrait, treatments, detector, landmarker, cancel))];
    }

    private static ReportPictures Show(
        int number, string name, PixelBuffer portrait, IReadOnlyList<Treatment> treatments, IRegionDetector detector, IFaceLandmarker? landmarker, CancellationToken cancel)
    {
        using (portrait)
        {
            var face = detector.Detect(portrait, cancel).Where(region => region.Kind == RegionKind.Face).MaxBy(region => region.Box.Width * region.Box.Height)
                ?? throw new VeilException(VeilErrorCode.InvalidReference, $"{name}: there is no face to be seen.", "Use portraits of generated people, one in each picture.");
            face = landmarker?.Locate(portrait, face) is { } points && points.Fits(face) ? face with { Points = points } : face;
            var (pictures, absent) = (new List<ReportPicture>(), new List<string>());
            foreach (var treatment in treatments)
            {
                cancel.ThrowIfCancellationRequested();
                using var pixels = portrait.Clone();
                try
                {
                    treatment.Apply(treatment.Create(), pixels, [face]);
                }
                catch (VeilException)
                {
                    // Said in the caption; why it cannot be had stands with the figures.
                    absent.Add(treatment.Name);
                    continue;
                }

                using var picture = Picture.FromPixels(pixels.Clone(), PictureFormat.Jpeg);
                pictures.Add(new ReportPicture(picture.Encode(new EncodeOptions { Quality = Quality }), "image/jpeg", treatment.Name));
            }

            return new ReportPictures($"Generated person {number}{(absent.Count > 0 ? $" (without {string.Join(", ", absent)}, which cannot be shown on one person here)" : "")}", pictures);
        }
    }

    private List<(string Name, PixelBuffer Portrait)> Generate()
    {
        Models = [UsedModels.Describe(FaceGenerator.ModelId, store)];
        using var generator = FaceGenerator.Load(store, Environment.ProcessorCount);
        return [.. Seeds.Select(seed => ($"generated face {seed}", generator.Generate(FaceLatent.Truncate(FaceLatent.OfSeed(seed), Truncation))))];
    }

    private static List<(string Name, PixelBuffer Portrait)> Read(DirectoryInfo folder)
    {
        if (!folder.Exists)
        {
            throw new VeilException(VeilErrorCode.UnreadableInput, $"There is no folder '{folder}' of portraits.");
        }

        var files = OutputPlan.Create([folder.FullName], output: null).Items.Where(item => item.Problem is null && PictureFile.Sniff(item.Item.Path) is not null).Take(MostPeople).ToList();
        return files.Count > 0 ? [.. files.Select(item => (item.Item.Name, Small(PictureFile.ReadRgb24(item.Item.Path))))]
            : throw new VeilException(VeilErrorCode.UnreadableInput, $"There is no picture in '{folder}'.", "Name a folder of portraits of generated people.");
    }

    private static PixelBuffer Small(PixelBuffer pixels)
    {
        var scale = (double)LargestSide / Math.Max(pixels.Width, pixels.Height);
        if (scale >= 1)
        {
            return pixels;
        }

        using (pixels)
        {
            var small = new PixelBuffer(Math.Max(1, (int)(pixels.Width * scale)), Math.Max(1, (int)(pixels.Height * scale)), PixelFormat.Rgb24);
            Resampler.Apply(pixels.Span, pixels.Stride, pixels.Width, pixels.Height, small.Span, small.Stride, small.Width, small.Height, 3, Resampling.Area);
            return small;
        }
    }
}
