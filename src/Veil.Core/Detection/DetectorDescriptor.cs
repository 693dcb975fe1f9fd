using Veil.Regions;

namespace Veil.Detection;

/// <summary>All that the rest of Veil knows about a detector before it is loaded.</summary>
/// <param name="Id">Name on the command line; lower case.</param>
/// <param name="Summary">One line.</param>
/// <param name="Kinds">What it finds.</param>
/// <param name="Models">Ids of the model files it needs (see the model manifest); empty when none.</param>
/// <param name="Create">Loads it. Throws <see cref="Errors.VeilException"/> when a model or native library is missing.</param>
public sealed record DetectorDescriptor(
    string Id, string Summary, IReadOnlyList<RegionKind> Kinds, IReadOnlyList<string> Models, Func<DetectorOptions, IRegionDetector> Create)
{
    private Func<DetectorTuning, Func<DetectorOptions, IRegionDetector>>? Tuned { get; init; }

    /// <summary>Its own settings, with which <see cref="Create"/> makes it; null where it has none.</summary>
    public DetectorTuning? Tuning { get; private init; }

    /// <summary>The detectors that this one asks; empty for a detector on its own.</summary>
    public IReadOnlyList<DetectorDescriptor> Parts { get; init; } = [];

    /// <summary>What it needs beside models: throws <see cref="Errors.VeilException"/> where that is missing. Given its settings; does little. Default: nothing.</summary>
    public Action<DetectorTuning?> Requires { get; init; } = static _ => { };

    /// <summary>Checks that it can run here, but for its models, which have a store of their own.</summary>
    /// <exception cref="Errors.VeilException">A native library or a file of one is missing; the hint says what to install.</exception>
    public void EnsureUsable()
    {
        Requires(Tuning);
        foreach (var part in Parts)
        {
            part.EnsureUsable();
        }
    }

    /// <summary>The same detector, of whose findings only some kinds count.</summary>
    /// <param name="kinds">At least one of <see cref="Kinds"/>.</param>
    public DetectorDescriptor Only(IReadOnlyCollection<RegionKind> kinds)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        return Kinds.All(kinds.Contains) ? this : this with
        {
            Kinds = [.. Kinds.Where(kinds.Contains)],
            Create = options => new KindFilter(Create(options), kinds),
        };
    }

    /// <summary>Describes a detector that has settings of its own.</summary>
    /// <typeparam name="TTuning">Its settings; the parameterless constructor gives the defaults.</typeparam>
    /// <param name="id">Name on the command line; lower case.</param>
    /// <param name="summary">One line.</param>
    /// <param name="kinds">What it finds.</param>
    /// <param name="models">Ids of the model files it needs.</param>
    /// <param name="create">Loads it, with checked settings.</param>
    public static DetectorDescriptor Of<TTuning>(
        string id, string summary, IReadOnlyList<RegionKind> kinds, IReadOnlyList<string> models, Func<DetectorOptions, TTuning, IRegionDetector> create)
        where TTuning : DetectorTuning, new() =>
        new DetectorDescriptor(id, summary, kinds, models, static _ => throw new InvalidOperationException("Expected settings."))
        {
            Tuned = tuning => options => create(options, (TTuning)tuning),
        }.With(new TTuning());

    /// <summary>The same detector with other settings.</summary>
    /// <param name="tuning">Of the type of <see cref="Tuning"/>.</param>
    /// <exception cref="ArgumentException">Settings of another detector.</exception>
    /// <exception cref="Errors.VeilException"><see cref="Errors.VeilErrorCode.InvalidOption"/>: a value is out of range.</exception>
    public DetectorDescriptor With(DetectorTuning tuning)
    {
        ArgumentNullException.ThrowIfNull(tuning);
        if (Tuned is null || (Tuning is not null && Tuning.GetType() != tuning.GetType()))
        {
            throw new ArgumentException($"Expected {Tuning?.GetType().Name ?? "no settings"} for detector '{Id}', but received {tuning.GetType().Name}.", nameof(tuning));
        }

        DetectorTuningBinder.Binder(this).Validate(tuning, $"'veil detectors {Id}' lists its options with their ranges.");
        return this with { Tuning = tuning, Create = Tuned(tuning) };
    }
}
