using Veil.Imaging;
using Veil.Kernels;
using Veil.Onnx.Generation;
using Veil.Onnx.Models;

namespace Veil.Studio.Demo;

/// <summary>
/// Pictures of people who do not exist, to try Veil with: made on this machine, by the generator that makes faces for the method synthetic.
/// </summary>
internal static class DemoPictures
{
    private const int Side = 300;
    private const int Gap = 84;
    private const byte Ground = 226;

    // Faces that look at the camera and differ, chosen by eye among those of the bank.
    private static readonly ulong[] Seeds = [0, 2, 6, 9, 15, 28];

    /// <summary>Makes the set.</summary>
    /// <param name="progress">Told the share that is done, 0..1; null for nobody.</param>
    /// <param name="cancel">Abandons it.</param>
    /// <returns>File names and files.</returns>
    /// <exception cref="Errors.VeilException">The generator's model is missing.</exception>
    public static Task<IReadOnlyList<(string Name, byte[] File)>> MakeAsync(IProgress<double>? progress, CancellationToken cancel) => Task.Run<IReadOnlyList<(string Name, byte[] File)>>(() => Make(progress, cancel), cancel);

    private static List<(string Name, byte[] File)> Make(IProgress<double>? progress, CancellationToken cancel)
    {
        var files = new List<(string, byte[])>();
        var portraits = new List<PixelBuffer>();
        try
        {
            using (var generator = FaceGenerator.Load(ModelStore.Default(), Environment.ProcessorCount))
            {
                foreach (var seed in Seeds.Take(DemoScene.PeopleCount))
                {
                    cancel.ThrowIfCancellationRequested();
                    using var small = generator.Generate(FaceLatent.OfSeed(seed));
                    portraits.Add(Enlarged(small));
                    progress?.Report(.9 * portraits.Count / DemoScene.PeopleCount);
                }
            }

            foreach (var scene in DemoScene.All)
            {
                cancel.ThrowIfCancellationRequested();
                using var picture = Picture.FromPixels(Compose(scene, portraits), PictureFormat.Jpeg);
                files.Add((scene.Name, picture.Encode(new EncodeOptions { Quality = 92 })));
            }

            progress?.Report(1);
            return files;
        }
        finally
        {
            portraits.ForEach(portrait => portrait.Dispose());
        }
    }

    private static PixelBuffer Enlarged(PixelBuffer small)
    {
        using var large = FaceEnlargement.Enlarge(small);
        var portrait = new PixelBuffer(Side, Side, PixelFormat.Rgb24);
        Resampler.Apply(large.Span, large.Stride, large.Width, large.Height, portrait.Span, portrait.Stride, Side, Side, 3, Resampling.Area);
        return portrait;
    }

    // Portraits beside each other on a wall, far enough apart that what covers one leaves the next alone.
    private static PixelBuffer Compose(DemoScene scene, List<PixelBuffer> portraits)
    {
        var rows = (scene.People.Count + scene.Columns - 1) / scene.Columns;
        var picture = new PixelBuffer((scene.Columns * (Side + Gap)) + Gap, (rows * (Side + Gap)) + Gap, PixelFormat.Rgb24);
        for (var y = 0; y < picture.Height; y++)
        {
            picture.Row(y).Fill(Ground);
        }

        foreach (var (person, place) in scene.People.Select((person, place) => (person, place)))
        {
            Draw(portraits[person], picture, Gap + (place % scene.Columns * (Side + Gap)), Gap + (place / scene.Columns * (Side + Gap)), scene);
        }

        return picture;
    }

    private static void Draw(PixelBuffer portrait, PixelBuffer picture, int left, int top, DemoScene scene)
    {
        for (var y = 0; y < Side; y++)
        {
            var from = portrait.Row(y);
            var to = picture.Row(top + y);
            for (var x = 0; x < Side; x++)
            {
                var source = 3 * (scene.Mirrored ? Side - 1 - x : x);
                var target = 3 * (left + x);
                for (var channel = 0; channel < 3; channel++)
                {
                    to[target + channel] = (byte)Math.Min(255, (from[source + channel] * scene.Light) + .5f);
                }
            }
        }
    }
}
