using Veil.Errors;

namespace Veil.Detection;

/// <summary>The detectors of a program, put together from its parts. Thread-safe.</summary>
public sealed class DetectorCatalog
{
    /// <summary>Lists detectors; nothing is loaded yet.</summary>
    /// <param name="detectors">Each with an id of its own.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: two have the same id.</exception>
    public DetectorCatalog(IEnumerable<DetectorDescriptor> detectors)
    {
        ArgumentNullException.ThrowIfNull(detectors);
        All = [.. detectors];
        if (All.GroupBy(detector => detector.Id, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"Expected one detector '{twice.Key}', but received {twice.Count()}.", "Give your own detector another id.");
        }
    }

    /// <summary>All detectors, whether they can run here or not.</summary>
    public IReadOnlyList<DetectorDescriptor> All { get; }

    /// <summary>The detector with this id.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: no such detector; the message lists the known ones.</exception>
    public DetectorDescriptor Find(string id) => All.FirstOrDefault(detector => detector.Id == id) ?? throw new VeilException(
        VeilErrorCode.InvalidOption, $"Expected one of the detectors {string.Join(", ", All.Select(detector => detector.Id))}, but received '{id}'.");

    /// <summary>Several detectors as one.</summary>
    /// <param name="detectors">At least one.</param>
    public static DetectorDescriptor Unite(IReadOnlyList<DetectorDescriptor> detectors)
    {
        ArgumentNullException.ThrowIfNull(detectors);
        ArgumentOutOfRangeException.ThrowIfZero(detectors.Count);
        return detectors is [var only] ? only : new DetectorDescriptor(
            string.Join('+', detectors.Select(detector => detector.Id)),
            "United: " + string.Join(", ", detectors.Select(detector => detector.Id)),
            [.. detectors.SelectMany(detector => detector.Kinds).Distinct()],
            [.. detectors.SelectMany(detector => detector.Models).Distinct()],
            options => new UnionDetector([.. detectors.Select(detector => detector.Create(options))]))
        {
            Parts = detectors,
        };
    }
}
