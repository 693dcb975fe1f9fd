using System.CommandLine;
using Veil.Cli.Options;
using Veil.Detection;
using Veil.Errors;
using Veil.Onnx.Models;
using Veil.Regions;

namespace Veil.Cli.People;

/// <summary>Puts finding regions and choosing among them by person together. Reference photos are read here, before any input.</summary>
internal static class PeopleFinder
{
    // A reference photo shows its person large; what is smaller stands in the background.
    private const int SmallestReferenceFace = 24;

    /// <summary>As the options of a command say.</summary>
    public static RegionFinder Read(ParseResult parsed, FindingOptions finding, PeopleOptions people, IReadOnlyList<RegionKind> kinds, CancellationToken cancellationToken)
    {
        var settings = people.Read(parsed);
        if (settings is not null && !kinds.Contains(RegionKind.Face))
        {
            throw new VeilException(
                VeilErrorCode.InvalidOption, $"--only and --except choose among faces, but this run looks for {string.Join(", ", kinds.Select(RegionKinds.NameOf))}.",
                "Add faces to --find; presets for whole pictures know no people.");
        }

        var finder = finding.Read(parsed, kinds);
        return settings is null ? finder : Choosing(finder, settings, finding.ReadFaceDetector(parsed).Choice.Detector, LicenceOption.ReadStore(parsed), cancellationToken);
    }

    /// <summary>For regions that are known already: faces in reference photos are found by the default detector.</summary>
    public static RegionFinder Choosing(RegionFinder finder, PeopleSettings? settings, ModelStore store, CancellationToken cancellationToken) =>
        settings is null ? finder : Choosing(finder, settings, Catalogues.Onnx(store).Default().Detector, store, cancellationToken);

    private static RegionFinder Choosing(RegionFinder finder, PeopleSettings settings, DetectorDescriptor detector, ModelStore store, CancellationToken cancellationToken)
    {
        var (reader, model) = FaceNetwork.Load(store);
        using var faces = detector.Create(new DetectorOptions { SmallestFace = SmallestReferenceFace });
        return finder.Choosing(new Enrolment(faces, reader).Enrol(settings, cancellationToken), model);
    }
}
