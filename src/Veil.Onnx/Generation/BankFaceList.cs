using System.Globalization;

namespace Veil.Onnx.Generation;

/// <summary>
/// The seeds whose faces make a bank: the embedded faces.txt, chosen by <c>bench/Veil.FaceChoice</c> (docs/generated-faces.md), and
/// which of them look alike. Thread-safe.
/// </summary>
public static class BankFaceList
{
    private static readonly Lazy<(ulong Seed, int Mode)[]> Entries = new(Read);

    private static readonly Lazy<IReadOnlyList<FaceSource>> ModeSources = new(static () =>
    [
        .. Entries.Value.GroupBy(entry => entry.Mode).OrderBy(group => group.Key)
            .Select(group => new FaceSource((ulong)group.Key, FaceLatent.Mean(group.Select(entry => FaceLatent.OfSeed(entry.Seed))))),
    ]);

    /// <summary>All seeds, ascending.</summary>
    public static IReadOnlyList<ulong> Seeds { get; } = [.. Entries.Value.Select(entry => entry.Seed)];

    /// <summary>The faces of all seeds.</summary>
    /// <param name="truncation">How much of the way from <see cref="FaceLatent.Centre"/> is kept, 0..1; below 1 some pass for one person.</param>
    /// <exception cref="ArgumentOutOfRangeException">The truncation is not in 0..1.</exception>
    public static IReadOnlyList<FaceSource> Free(float truncation) =>
        [.. Seeds.Select(seed => new FaceSource(seed, truncation == 1 ? FaceLatent.OfSeed(seed) : FaceLatent.Truncate(FaceLatent.OfSeed(seed), truncation)))];

    /// <summary>The plain face of <see cref="FaceLatent.Centre"/> alone: single-mode.</summary>
    public static IReadOnlyList<FaceSource> SingleMode => [new FaceSource(0, FaceLatent.Centre.ToArray())];

    /// <summary>
    /// A face in the midst of each cluster: multi-mode. Clusters are of what faces look like, since latents, spread evenly over a
    /// sphere, have none; in the midst of one is the direction of its members' mean latent.
    /// </summary>
    public static IReadOnlyList<FaceSource> MultiMode => ModeSources.Value;

    private static (ulong Seed, int Mode)[] Read()
    {
        using var reader = new StreamReader(typeof(BankFaceList).Assembly.GetManifestResourceStream("Veil.Onnx.faces.txt")!);
        var entries = new List<(ulong, int)>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                var words = line.Split(' ');
                entries.Add((ulong.Parse(words[0], CultureInfo.InvariantCulture), int.Parse(words[1], CultureInfo.InvariantCulture)));
            }
        }

        return [.. entries];
    }
}
