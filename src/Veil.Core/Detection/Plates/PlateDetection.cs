using Veil.Regions;
using Veil.Writing;

namespace Veil.Detection.Plates;

/// <summary>Puts the detector of plates together from parts that do not know each other.</summary>
public static class PlateDetection
{
    /// <summary>Id of the detector.</summary>
    public const string Id = "plates";

    /// <summary>The detector for a catalogue; nothing is loaded yet. Thread-safe.</summary>
    /// <param name="writing">Finds writing.</param>
    /// <param name="reader">Reads it.</param>
    /// <param name="cascade">Finds plates another way.</param>
    /// <param name="cascadeIsPresent">Whether that one can be used here; asked when a detector is made.</param>
    public static DetectorDescriptor Describe(DetectorDescriptor writing, WritingReaderDescriptor reader, DetectorDescriptor cascade, Func<bool> cascadeIsPresent)
    {
        ArgumentNullException.ThrowIfNull(writing);
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(cascade);
        ArgumentNullException.ThrowIfNull(cascadeIsPresent);
        return DetectorDescriptor.Of<PlateTuning>(
            Id, "Writing of a plate's shape, united with OpenCV's plate cascade where it is installed; Apache-2.0", [RegionKind.Plate],
            [.. writing.Models, .. reader.Models],
            (options, tuning) => Create(options, tuning, writing, reader, Uses(tuning) ? cascade : null)) with
        {
            Requires = tuning =>
            {
                writing.EnsureUsable();
                if (tuning is PlateTuning { Cascade: PlateCascadeUse.Required })
                {
                    cascade.EnsureUsable();
                }
            },
        };

        bool Uses(PlateTuning tuning) =>
            tuning.Cascade == PlateCascadeUse.Required || (tuning.Cascade == PlateCascadeUse.WherePresent && cascadeIsPresent());
    }

    private static PlateDetector Create(
        DetectorOptions options, PlateTuning tuning, DetectorDescriptor writing, WritingReaderDescriptor reader, DetectorDescriptor? cascade)
    {
        options.Validate(Id);
        var owned = new List<IDisposable>();
        try
        {
            var (finds, reads) = (Keep(writing.Create(options)), Keep(reader.Create()));
            return new PlateDetector(Id, finds, reads, cascade is null ? null : Keep(cascade.Create(options)), tuning.Certainty);
        }
        catch
        {
            owned.ForEach(one => one.Dispose());
            throw;
        }

        T Keep<T>(T one)
            where T : IDisposable
        {
            owned.Add(one);
            return one;
        }
    }
}
