using System.CommandLine;
using Veil.Cli.Runs;
using Veil.Onnx.Models;

namespace Veil.Cli.Options;

/// <summary>Everything that <c>anonymize</c> and <c>apply</c> have in common: inputs and outputs, method, coverage, encoding, metadata, names.</summary>
internal sealed class RenderingOptions
{
    private readonly RunOptions _run = new();
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
        _video.AddTo(command);
        _metadata.AddTo(command);
        _naming.AddTo(command);
        _explain.AddTo(command);
        _limits.AddTo(command);
        LicenceOption.AddTo(command);
    }

    public Rendering Read(ParseResult parsed)
    {
        var store = LicenceOption.ReadStore(parsed);
        var chosen = _method.Read(parsed, Catalogues.MethodsWith(store));
        return new Rendering(
            _run.Read(parsed), chosen, _coverage.Read(parsed, chosen), _encoding.Read(parsed) with { Metadata = _metadata.Read(parsed) },
            _video.Read(parsed), _naming.Read(parsed), _limits.Read(parsed), _explain.Read(parsed))
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
