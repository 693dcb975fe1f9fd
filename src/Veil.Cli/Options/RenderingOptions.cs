using System.CommandLine;
using Veil.Cli.Runs;
using Veil.Onnx.Models;

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
        _encoding.AddTo(command);
        _metadata.AddTo(command);
        if (inputs == RunInputs.Named)
        {
            _video.AddTo(command);
            _naming.AddTo(command);
            _explain.AddTo(command);
        }

        _limits.AddTo(command);
        LicenceOption.AddTo(command);
    }

    public Rendering Read(ParseResult parsed)
    {
        var store = LicenceOption.ReadStore(parsed);
        var chosen = _method.Read(parsed, Catalogues.MethodsWith(store));
        var named = inputs == RunInputs.Named;
        return new Rendering(
            _run.Read(parsed), chosen, _coverage.Read(parsed, chosen), _encoding.Read(parsed) with { Metadata = _metadata.Read(parsed) },
            named ? _video.Read(parsed) : null, named ? _naming.Read(parsed) : NamingSettings.Keep, _limits.Read(parsed), named ? _explain.Read(parsed) : null)
        {
            Models = UsedModels.Describe(chosen.Method.Models(chosen.Options), store),
        };
    }

    /// <summary>A finder that adds dense points to faces where this rendering needs them.</summary>
    public RegionFinder Complete(RegionFinder finder, Rendering rendering, ParseResult parsed, ModelStore store) =>
        rendering.NeedsFacePoints && finder.Points == FacePointState.Unknown
            ? LandmarkOptions.Complete(finder, _landmarks.Read(parsed, store), store)
            : finder;
}
