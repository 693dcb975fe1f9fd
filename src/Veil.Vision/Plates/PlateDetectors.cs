using Veil.Detection;
using Veil.Regions;
using Veil.Vision.Faces;
using Veil.Vision.Native;

namespace Veil.Vision.Plates;

/// <summary>OpenCV's plate cascades as a detector.</summary>
public static class PlateDetectors
{
    private const string Id = "plate-cascade";

    /// <summary>Whether the library and the default cascade are installed; loads the library.</summary>
    public static bool ArePresent => VisionLibrary.IsAvailable && Passes(new PlateCascadeTuning().Cascade).All(pass => CascadeFiles.Has(pass.File));

    /// <summary>The detector for a catalogue; nothing is loaded yet. Thread-safe.</summary>
    public static DetectorDescriptor Describe() => DetectorDescriptor.Of<PlateCascadeTuning>(
        Id, "OpenCV's plate cascades: upright plates of one row from 40 pixels in length on, trained on Russian ones", [RegionKind.Plate], [],
        (options, tuning) => new HaarDetector(
            Id, RegionKind.Plate, options, Passes(tuning.Cascade), new LookingSize(1, tuning.Megapixels),
            new NativeCascadeSettings { ScaleFactor = tuning.ScaleFactor, Neighbors = tuning.Neighbors })) with
    {
        Requires = static tuning => VisionDetectors.Require(Id, Passes(((PlateCascadeTuning)tuning!).Cascade)),
    };

    private static IReadOnlyList<CascadePass> Passes(PlateCascade cascade) => cascade switch
    {
        PlateCascade.PlateNumber => [new("haarcascade_russian_plate_number.xml", false, new(0, 1))],
        PlateCascade.SixteenStages => [new("haarcascade_licence_plate_rus_16stages.xml", false, new(0, 1))],
        PlateCascade.Both => [.. Passes(PlateCascade.PlateNumber), .. Passes(PlateCascade.SixteenStages)],
        _ => throw new ArgumentOutOfRangeException(nameof(cascade), cascade, "Expected a known cascade."),
    };
}
