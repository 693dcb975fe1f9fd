using Veil.Anonymization;
using Veil.Evaluation.Reports;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Evaluation.Treatments;

/// <summary>One row of a comparison: a method with its settings, or nothing at all. Immutable and thread-safe.</summary>
/// <param name="Name">As on the command line: <c>gaussian:sigma=0.1</c>, a preset's name, or <c>original</c>. Unique in a comparison, and a key of what was measured.</param>
/// <param name="Method">The method; null leaves pictures as they are.</param>
/// <param name="Options">Its settings; null exactly where <paramref name="Method"/> is.</param>
/// <param name="Preset">The preset they come from to the letter; null for none.</param>
public sealed record Treatment(string Name, AnonymizerDescriptor? Method, MethodOptions? Options, MethodPreset? Preset = null)
{
    /// <summary>Pictures as they are: what all others are compared with.</summary>
    public static Treatment Original { get; } = new("original", null, null);

    /// <summary>True where pictures stay as they are.</summary>
    public bool IsOriginal => Method is null;

    /// <summary>Makes the method, for any number of threads.</summary>
    /// <returns>Null for <see cref="Original"/>.</returns>
    /// <exception cref="Errors.VeilException">The method cannot work here: a model or a library is missing, or an option is out of range.</exception>
    public IAnonymizer? Create() => Method?.Create(Options);

    /// <summary>
    /// Stands for the content of the user's own files that the method reads, for keys of what was measured: the same paths may hold
    /// something else another day. Reads each file once.
    /// </summary>
    /// <returns>SHA-256 in lower-case hexadecimal, of a folder that of its names and contents, <c>absent</c> where nothing is there, which is for <see cref="Create"/> to refuse; empty where the method reads none.</returns>
    /// <exception cref="Errors.VeilException"><see cref="Errors.VeilErrorCode.UnreadableInput"/>: one cannot be read.</exception>
    public string Fingerprint() => Method is null ? ""
        : string.Join(' ', Method.Files(Options!).Select(file => Path.Exists(file) ? MeasuredInput.Of(file).Sha256 : "absent"));

    /// <summary>How regions become covered pixels: the preset's policy where it has one, else what suits method and kind.</summary>
    /// <param name="kind">Of the regions.</param>
    public RegionPolicy Policy(RegionKind kind) => Preset?.Policy ?? Method?.PolicyFor(kind) ?? RegionPolicy.For(kind);

    /// <summary>Covers regions of a picture. Thread-safe.</summary>
    /// <param name="method">From <see cref="Create"/>; null changes nothing.</param>
    /// <param name="image">Changed in place.</param>
    /// <param name="regions">As found or annotated, in its coordinates.</param>
    /// <exception cref="Errors.VeilException">The method cannot work on them; the picture must not be used then.</exception>
    public void Apply(IAnonymizer? method, PixelBuffer image, IReadOnlyList<Region> regions)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(regions);
        if (method is null)
        {
            return;
        }

        var covered = regions.Select(region => Policy(region.Kind).Cover(region, image.Width, image.Height)).OfType<CoveredRegion>().ToList();
        if (method is IPictureAnonymizer whole)
        {
            whole.Apply(image, covered, []);
            return;
        }

        foreach (var (region, mask) in covered)
        {
            method.Apply(image, region, mask);
        }
    }
}
