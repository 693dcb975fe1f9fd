using System.CommandLine;
using Veil.Cli.Runs;
using Veil.Regions;

namespace Veil.Cli.Options;

/// <summary>Everything that <c>anonymize</c>, <c>apply</c> and <c>dataset anonymize</c> have in common: inputs and outputs, method, coverage, encoding, metadata, names.</summary>
internal sealed class RenderingOptions(RunInputs inputs = RunInputs.Named)
{
    private readonly RunOptions _run = new(inputs);
    private readonly MethodChoice _method = new();
    private readonly CoverageOptions _coverage = new();
    private readonly LandmarkOptions _landmarks = new("Used for --shape face and by methods that need points; default mediapipe.");
    private readonly EncodingOptions _encoding = new();
    private readonly VideoEncodingOptions _video = new();
    private readonly MetadataOptions _metadata = new();
    private readonly NamingOptions _naming = new();
    private readonly ExplainOptions _explain = new();
    private readonly LimitOptions _limits = new();

    public void AddTo(Command command)
    {
        _run.AddTo(command);
        _method.AddTo(command);
        _coverage.AddTo(command);
        _landmarks.AddTo(command);
        OccluderOption.AddTo(command);
        _encoding.AddTo(command);
        _metadata.AddTo(command);
        if (inputs == RunInputs.Named)
        {
            _video.AddTo(command);
            _naming.AddTo(command);
            _explain.AddTo(command);
            VerifyOutputOption.AddTo(command);
        }

        _limits.AddTo(command);
        FindOption.AddTo(command);
        LicenceOption.AddTo(command);
    }

    /// <summary>As the options say, for the kinds that they name.</summary>
    public Rendering Read(ParseResult parsed) => Read(parsed, _method.Read(parsed, Catalogues.MethodsWith(LicenceOption.ReadStore(parsed))));

    /// <summary>As the options say, for regions that are known already.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="present">The kinds there are; at least one.</param>
    public Rendering Read(ParseResult parsed, IReadOnlyList<RegionKind> present) =>
        Read(parsed, _method.Read(parsed, Catalogues.MethodsWith(LicenceOption.ReadStore(parsed)), present));

    /// <summary>A finder that adds dense points to faces, and what is in front of them, where this rendering needs them.</summary>
    public RegionFinder Complete(RegionFinder finder, Rendering rendering, ParseResult parsed)
    {
        var store = LicenceOption.ReadStore(parsed);
        return finder.Complete(rendering.Methods, rendering.Policies, _landmarks.Read(parsed, store), OccluderOption.Read(parsed), store);
    }

    private Rendering Read(ParseResult parsed, ChosenMethods methods)
    {
        var named = inputs == RunInputs.Named;
        return new Rendering(
            _run.Read(parsed), methods, _coverage.Read(parsed, methods), _encoding.Read(parsed) with { Metadata = _metadata.Read(parsed) },
            named ? _video.Read(parsed) : null, named ? _naming.Read(parsed) : NamingSettings.Keep, _limits.Read(parsed), named ? _explain.Read(parsed) : null)
        {
            Models = [.. UsedModels.Describe(methods.Models, LicenceOption.ReadStore(parsed)), .. methods.Generators.Select(file => UsedModels.Describe(new FileInfo(file)))],
            Verify = named ? VerifyOutputOption.Read(parsed) : VerifyOutput.Off,
            Store = LicenceOption.ReadStore(parsed),
        };
    }
}
