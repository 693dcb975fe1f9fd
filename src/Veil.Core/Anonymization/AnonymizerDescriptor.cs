using Veil.Errors;
using Veil.Options;
using Veil.Regions;

namespace Veil.Anonymization;

/// <summary>
/// All that the rest of Veil knows about a method. CLI options, the documentation's table, conformance tests, golden
/// pictures and benchmark rows derive from it.
/// </summary>
public sealed record AnonymizerDescriptor
{
    private readonly Func<MethodOptions, IAnonymizer> _create;
    private readonly Func<MethodOptions, MethodWarning?> _assess;

    private AnonymizerDescriptor(
        string id, string summary, Guarantee guarantee, MethodOptions defaults, Func<MethodOptions, IAnonymizer> create,
        Func<MethodOptions, MethodWarning?> assess, IReadOnlyList<MethodPreset> presets)
    {
        (Id, Summary, Guarantee, Defaults, _create, _assess, Presets) = (id, summary, guarantee, defaults, create, assess, presets);
    }

    /// <summary>Name on the command line; lower case.</summary>
    public string Id { get; }

    /// <summary>One line: what it looks like and what it promises.</summary>
    public string Summary { get; }

    /// <summary>What it promises.</summary>
    public Guarantee Guarantee { get; }

    /// <summary>Default settings; their type is the method's options record.</summary>
    public MethodOptions Defaults { get; }

    /// <summary>Named settings of other tools and studies.</summary>
    public IReadOnlyList<MethodPreset> Presets { get; }

    /// <summary>What it wants to know about each region beside its box. Default: nothing.</summary>
    public MethodNeeds Needs { get; init; }

    /// <summary>Which part of a face it covers: goes into <see cref="RegionPolicy.Part"/>. Default: the whole face.</summary>
    public FacePart Covers { get; init; }

    /// <summary>The shape that suits it where the user names none. Default: <see cref="RegionShape.Ellipse"/>.</summary>
    public RegionShape Shape { get; init; }

    /// <summary>
    /// The soft edge that suits it on faces and heads, as a fraction of the longer side (<see cref="RegionPolicy.SoftEdge"/>). Default
    /// null: the kind's own. A drawn face goes on at its edge as the picture does, and a wide edge would show two faces at once.
    /// </summary>
    public float? SoftEdge { get; init; }

    /// <summary>How regions of a kind become covered pixels with this method, where nobody says otherwise.</summary>
    /// <param name="kind">Of the regions.</param>
    public RegionPolicy PolicyFor(RegionKind kind)
    {
        var own = RegionPolicy.For(kind) with { Part = Covers };
        return kind is RegionKind.Face or RegionKind.Head ? own with { Shape = Shape, SoftEdge = SoftEdge ?? own.SoftEdge }
            : Shape is RegionShape.Ellipse or RegionShape.Face ? own
            : own with { Shape = Shape };
    }

    /// <summary>
    /// Settings worth comparing, from strong to weak, each as <c>name=value</c> joined by colons; empty for the defaults. They are
    /// what <c>veil evaluate</c> measures where strengths are asked for. Default: the defaults alone.
    /// </summary>
    public IReadOnlyList<string> Strengths { get; init; } = [""];

    /// <summary>Ids of the models it runs with these options (see the model manifest): for the run report. Default: none.</summary>
    public Func<MethodOptions, IReadOnlyList<string>> Models { get; init; } = _ => [];

    /// <summary>Ids of the models that it runs beside those where it covers bodies. Default: none.</summary>
    public Func<MethodOptions, IReadOnlyList<string>> BodyModels { get; init; } = _ => [];

    /// <summary>The same method for runs in which it covers bodies and nothing else, where it then needs less. Default null: it needs the same.</summary>
    public AnonymizerDescriptor? ForBodiesAlone { get; init; }

    /// <summary>Paths of the user's own files and folders that it reads with these options: what it does changes with them. Default: none.</summary>
    public Func<MethodOptions, IReadOnlyList<string>> Files { get; init; } = _ => [];

    /// <summary>Describes a method.</summary>
    /// <typeparam name="TOptions">Its options record; the parameterless constructor gives the defaults.</typeparam>
    /// <param name="id">Name on the command line; lower case.</param>
    /// <param name="summary">One line.</param>
    /// <param name="guarantee">What it promises.</param>
    /// <param name="create">Makes the method from checked options.</param>
    /// <param name="assess">Says whether these options hide badly; null when no strength of it does.</param>
    /// <param name="presets">Settings of other tools and studies; their options are of type <typeparamref name="TOptions"/>.</param>
    public static AnonymizerDescriptor Of<TOptions>(
        string id, string summary, Guarantee guarantee, Func<TOptions, IAnonymizer> create,
        Func<TOptions, MethodWarning?>? assess = null, params MethodPreset[] presets)
        where TOptions : MethodOptions, new() => new(
            id, summary, guarantee, new TOptions(),
            options => create((TOptions)options),
            options => assess?.Invoke((TOptions)options),
            presets);

    /// <summary>Makes the method.</summary>
    /// <param name="options">Of the type of <see cref="Defaults"/>; checked here.</param>
    /// <exception cref="ArgumentException">Options of another method.</exception>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: a value is out of range.</exception>
    public IAnonymizer Create(MethodOptions? options = null)
    {
        options ??= Defaults;
        Validate(options);
        return _create(options);
    }

    /// <summary>The warning to show for these options, or null.</summary>
    /// <param name="options">Of the type of <see cref="Defaults"/>.</param>
    public MethodWarning? Assess(MethodOptions options)
    {
        Validate(options);
        return _assess(options);
    }

    /// <summary>Checks every value against its range.</summary>
    /// <param name="options">Of the type of <see cref="Defaults"/>.</param>
    /// <exception cref="ArgumentException">Options of another method.</exception>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: a value is out of range.</exception>
    public void Validate(MethodOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.GetType() != Defaults.GetType())
        {
            throw new ArgumentException($"Expected {Defaults.GetType().Name} for method '{Id}', but received {options.GetType().Name}.", nameof(options));
        }

        new OptionsBinder($"Method '{Id}'", typeof(MethodOptions)).Validate(options, $"'veil methods {Id}' lists its options with their ranges.");
    }
}
