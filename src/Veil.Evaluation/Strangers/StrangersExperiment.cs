using System.Text.Json;
using System.Text.Json.Serialization;
using Veil.Errors;
using Veil.Evaluation.Privacy;
using Veil.Evaluation.Runs;
using Veil.Imaging;

namespace Veil.Evaluation.Strangers;

/// <summary>Measures whether generated faces are nearer to people of a folder than strangers are (<see cref="StrangerLikeness"/>), by several networks.</summary>
public static class StrangersExperiment
{
    /// <summary>Measures, or takes from the journal what was measured before.</summary>
    /// <param name="people">Pictures of people whom no generated face should look like.</param>
    /// <param name="generated">Generated faces: a name for each, and its aligned crop (<see cref="Identity.FaceAlignment"/>), owned by the caller of the function.</param>
    /// <param name="networks">Who compares.</param>
    /// <param name="journal">What was measured so far. Its identity must stand for the pictures, the generated faces and this program.</param>
    /// <param name="threads">1 or more.</param>
    /// <param name="progress">Told now and then, from several threads; null for nobody.</param>
    /// <param name="cancel">Stops between faces.</param>
    /// <returns>One for each network.</returns>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidGroundTruth"/>: too few people. Otherwise a network or reading a picture failed.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static IReadOnlyList<StrangerLikeness> Run(
        FaceArchive people, IReadOnlyList<(string Name, Func<PixelBuffer> Read)> generated, IReadOnlyList<RecognitionNetwork> networks,
        MeasurementJournal journal, int threads, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(people);
        ArgumentNullException.ThrowIfNull(generated);
        ArgumentNullException.ThrowIfNull(networks);
        ArgumentNullException.ThrowIfNull(journal);
        if (people.Faces.DistinctBy(face => face.Person).Count() < 2 || generated.Count == 0)
        {
            throw new VeilException(
                VeilErrorCode.InvalidGroundTruth, $"Expected faces of two people or more and a generated face, but received {people.Faces.Count} usable pictures and {generated.Count} generated faces.",
                "Give a folder with one folder of pictures for each person.");
        }

        var clock = new WorkClock(progress);
        foreach (var network in networks)
        {
            clock.Plan(people.Faces.Count + generated.Count, journal.Find(Key(network), StrangersJson.Default.StrangerLikeness) is not null);
        }

        return [.. networks.Select(network => journal.GetOrMeasure(Key(network), StrangersJson.Default.StrangerLikeness, () =>
        {
            clock.Begin(network.Id);
            var gallery = Embed(people.Faces, face => (face.Name, face.Person, Vector: Read(network, face)));
            var faces = Embed(generated, face => (face.Name, Vector: Read(network, face.Read)));
            return StrangerLikeness.Of(
                network.Id, [.. gallery.Where(face => face.Vector is not null).Select(face => (face.Name, face.Person, face.Vector!))],
                [.. faces.Where(face => face.Vector is not null).Select(face => (face.Name, face.Vector!))], network.SamePerson, seed: 1);
        }))];

        TTo[] Embed<TFrom, TTo>(IReadOnlyList<TFrom> all, Func<TFrom, TTo> embed)
        {
            var embedded = new TTo[all.Count];
            ParallelWork.For(all.Count, threads, i =>
            {
                embedded[i] = embed(all[i]);
                clock.Advance(1);
            }, cancel);
            return embedded;
        }
    }

    /// <summary>All of it for programs.</summary>
    /// <param name="results">From <see cref="Run"/>.</param>
    public static JsonElement ToJson(IReadOnlyList<StrangerLikeness> results) => JsonSerializer.SerializeToElement(results, StrangersJson.Default.IReadOnlyListStrangerLikeness);

    private static float[]? Read(RecognitionNetwork network, ArchiveFace face)
    {
        if (face.Alignment is not { } alignment)
        {
            return Read(network, face.Read);
        }

        using var frame = new Frame(face.Read(), 0, TimeSpan.Zero);
        return Read(network, () => alignment.Cut(frame, out _));
    }

    private static float[]? Read(RecognitionNetwork network, Func<PixelBuffer> read)
    {
        using var aligned = read();
        return network.Embed(aligned)?.ToArray();
    }

    private static string Key(RecognitionNetwork network) => $"{network.Id} {network.Sha256}";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(StrangerLikeness))]
[JsonSerializable(typeof(IReadOnlyList<StrangerLikeness>))]
internal sealed partial class StrangersJson : JsonSerializerContext;
