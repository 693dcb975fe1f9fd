using System.CommandLine;
using Veil.Detection;
using Veil.Onnx.Models;

namespace Veil.Cli.Options;

/// <summary>Which model finds the dense points of faces.</summary>
internal sealed class LandmarkOptions
{
    private readonly Option<string?> _landmarks;

    /// <summary>The option, with words on when it matters.</summary>
    /// <param name="use">One sentence.</param>
    public LandmarkOptions(string use) => _landmarks = new Option<string?>("--landmarks")
    {
        Description = $"Model for dense face points: {string.Join(" or ", Catalogues.Landmarkers(ModelStore.Default()).All.Select(landmarker => landmarker.Id))}. {use}",
        HelpName = "ID",
    };

    public void AddTo(Command command) => command.Add(_landmarks);

    /// <summary>The model that the user named, else the default one.</summary>
    public LandmarkerDescriptor Read(ParseResult parsed, ModelStore store) =>
        parsed.GetValue(_landmarks) is { } id ? Catalogues.Landmarkers(store).Find(id) : Catalogues.Landmarkers(store).Default;

    /// <summary>The model that the user named; null where none was.</summary>
    public LandmarkerDescriptor? ReadNamed(ParseResult parsed, ModelStore store) =>
        parsed.GetValue(_landmarks) is null ? null : Read(parsed, store);
}
