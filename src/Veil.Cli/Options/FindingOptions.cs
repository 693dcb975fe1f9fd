using System.CommandLine;
using Veil.Detection;
using Veil.Errors;
using Veil.Onnx.Decoders;
using Veil.Onnx.Faces;
using Veil.Onnx.Models;
using Veil.Regions;

namespace Veil.Cli.Options;

/// <summary>What to find, and with which detectors.</summary>
internal sealed class FindingOptions
{
    private readonly Option<string[]> _detectors = new("--detector", "-d")
    {
        Description = "Detector, for all that it finds; repeated or with commas, several are united. 'veil detectors' lists them. Default, also for kinds that no named one finds: the best one present.",
        HelpName = "ID",
    };

    private readonly Option<string[]> _detectorSet = new("--detector-set")
    {
        Description = "An option of the detector, e.g. --detector-set neighbors=3, or haar.neighbors=3 where several are united; may be repeated. 'veil detectors ID' lists them.",
        HelpName = "NAME=VALUE",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<FileInfo?> _model = new("--model")
    {
        Description = "An ONNX face detector of your own; its layout is recognised by its outputs.",
        HelpName = "FILE",
    };

    private readonly Option<FaceLayout?> _layout = new("--layout")
    {
        Description = "How the outputs of --model are arranged, where that cannot be recognised.",
    };

    private readonly Option<float?> _threshold = new("--threshold")
    {
        Description = "Lowest score that counts, 0 to 1, for every detector. Lower finds more, also what is none. Default: the detector's own.",
        HelpName = "SCORE",
    };

    private readonly Option<int> _smallest = new("--smallest-face")
    {
        Description = "Shorter side of the smallest face wanted, pixels.",
        DefaultValueFactory = _ => new DetectorOptions().SmallestFace,
    };

    private readonly Option<bool> _thorough = new("--thorough")
    {
        Description = "Look at more scales, mirrored and in tiles, with every detector present: finds more, takes several times as long.",
    };

    private readonly Option<bool> _masks = new("--masks")
    {
        Description = "Tell people from the background in their boxes, where that is sure: covers less around them. Where it is not, and without this, their whole box is covered (docs/bodies.md).",
    };

    private readonly TextOptions _text = new();

    public void AddTo(Command command)
    {
        FindOption.AddTo(command);
        command.Add(_detectors);
        command.Add(_detectorSet);
        command.Add(_model);
        command.Add(_layout);
        command.Add(_threshold);
        command.Add(_smallest);
        command.Add(_thorough);
        command.Add(_masks);
        _text.AddTo(command);
        LicenceOption.AddTo(command);
    }

    /// <summary>Chooses the detectors and checks their options and models; they are loaded by the first worker.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="kinds">What to find; at least one.</param>
    /// <exception cref="VeilException">Something of it cannot be found here; nothing is touched yet.</exception>
    public RegionFinder Read(ParseResult parsed, IReadOnlyList<RegionKind> kinds)
    {
        var store = LicenceOption.ReadStore(parsed);
        var finder = Request(parsed, store, kinds).CreateFinder();
        return kinds is [RegionKind.Image] ? finder : _text.Complete(finder, kinds, parsed, store);
    }

    /// <summary>The detector of faces alone, with its options.</summary>
    public (DetectorChoice Choice, DetectorOptions Options) ReadFaceDetector(ParseResult parsed) => ReadDetector(parsed, RegionKind.Face);

    /// <summary>The detector of one kind alone, with its options.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="kind">Need not be among what is looked for.</param>
    public (DetectorChoice Choice, DetectorOptions Options) ReadDetector(ParseResult parsed, RegionKind kind) => ReadDetector(parsed, kind, FindOption.Kinds(parsed, preset: null));

    /// <summary>The detector of one kind for a command that looks for kinds of its own.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="kind">Need not be among them.</param>
    /// <param name="among">What the command looks for.</param>
    public (DetectorChoice Choice, DetectorOptions Options) ReadDetector(ParseResult parsed, RegionKind kind, IReadOnlyList<RegionKind> among)
    {
        var request = Request(parsed, LicenceOption.ReadStore(parsed), among);
        return (request.DetectorOf(kind), request.Options);
    }

    private FindingRequest Request(ParseResult parsed, ModelStore store, IReadOnlyList<RegionKind> kinds) => new(kinds, ReadOptions(parsed), store)
    {
        Named = Named(parsed, store),
        OwnModels = parsed.GetValue(_model) is { } file ? [UsedModels.Describe(file)] : [],
        Masks = parsed.GetValue(_masks) ? BodyMasks.WhereSure : BodyMasks.Off,
    };

    private DetectorOptions ReadOptions(ParseResult parsed)
    {
        var options = new DetectorOptions
        {
            Threshold = parsed.GetValue(_threshold),
            SmallestFace = parsed.GetValue(_smallest),
            Effort = parsed.GetValue(_thorough) ? DetectionEffort.Thorough : DetectionEffort.Standard,
        };
        Checked.Require(options);
        return options;
    }

    private List<DetectorDescriptor> Named(ParseResult parsed, ModelStore store)
    {
        var catalog = Catalogues.Detectors(Catalogues.Onnx(store), store);
        var settings = DetectorSettings.Parse(parsed.GetValue(_detectorSet) ?? []);
        var ids = (parsed.GetValue(_detectors) ?? []).SelectMany(ids => ids.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct();
        var named = settings.ApplyTo([.. ids.Select(catalog.Find)]).ToList();
        if (parsed.GetValue(_model) is { } model)
        {
            named.Add(OnnxDetectors.FromFile(model.FullName, parsed.GetValue(_layout)));
        }
        else if (parsed.GetValue(_layout) is not null)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, "--layout says how a --model is arranged, but no --model was given.");
        }

        return named;
    }
}
