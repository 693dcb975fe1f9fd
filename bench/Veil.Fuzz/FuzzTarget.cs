using System.Text.Json;
using Veil.Anonymization;
using Veil.Errors;
using Veil.Imaging;
using Veil.Onnx.Inference;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Fuzz;

/// <summary>An entry point that takes bytes from outside. Whatever it throws beside <see cref="VeilException"/> is a finding.</summary>
/// <param name="Name">Its name in the log.</param>
/// <param name="Weight">Its share of the cases.</param>
/// <param name="Seeds">Sound or damaged inputs to start from, in an order that is the same in every run.</param>
/// <param name="Run">Takes the bytes.</param>
internal sealed record FuzzTarget(string Name, int Weight, IReadOnlyList<byte[]> Seeds, Action<byte[]> Run)
{
    private static readonly AnonymizerCatalog Methods = new(new MethodEngines { Stickers = StickerFiles.Load });
    private static readonly PictureLimits Limits = new() { MaxPixels = 20_000_000, MaxFrames = 200 };

    /// <summary>Every entry point.</summary>
    public static IReadOnlyList<FuzzTarget> All() =>
    [
        new("picture", 85, SeedCorpus.Pictures(), Recode),
        new("regions", 5, SeedCorpus.Regions(), bytes => Rewrite(RegionsDocumentReader.Read(new MemoryStream(bytes)))),
        new("options", 3, SeedCorpus.Options(), BindOptions),
        new("model", 4, SeedCorpus.Models(), bytes =>
        {
            OnnxGraph.ReadSignature(bytes);
            OnnxGraph.FreeSpatialSize(bytes);
        }),
        new("journal", 3, SeedCorpus.Journals(), OpenJournal),
    ];

    private static void Recode(byte[] bytes)
    {
        using var picture = Picture.Decode(bytes, Limits);
        picture.Encode(Stream.Null);
    }

    // What was read must be coverable and writable.
    private static void Rewrite(RegionsDocument document)
    {
        using var writer = new RegionsDocumentWriter(Stream.Null);
        var policy = new RegionPolicy();
        foreach (var timeline in document.Timelines)
        {
            writer.Write(timeline);
            foreach (var region in timeline.Frames.SelectMany(frame => frame.Regions).Take(4))
            {
                policy.Cover(region, 320, 240);
            }
        }
    }

    private static void BindOptions(byte[] bytes)
    {
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(bytes);
        }
        catch (JsonException)
        {
            return;
        }

        using (json)
        {
            foreach (var method in Methods.All)
            {
                try
                {
                    MethodOptionsBinder.Bind(method, json.RootElement);
                }
                catch (VeilException)
                {
                    // Options of another method; the next may take them.
                }
            }
        }
    }

    private static void OpenJournal(byte[] bytes)
    {
        var folder = Directory.CreateTempSubdirectory("veil-fuzz-").FullName;
        try
        {
            File.WriteAllBytes(RunJournal.PathIn(folder), bytes);
            using var journal = RunJournal.Open(folder, "options");
            foreach (var result in journal.Results())
            {
                result.Dispose();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
