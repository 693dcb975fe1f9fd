using Veil.Imaging;
using Veil.Regions;

namespace Veil.Evaluation.Realism;

/// <summary>A picture whose faces are replaced and looked at again. Immutable.</summary>
/// <param name="Name">For messages, e.g. its path below the folder.</param>
/// <param name="Group">Pictures of one number belong together, e.g. show the same person: they are never taken for strangers.</param>
/// <param name="Faces">
/// Those that are measured, one or more, in the picture's coordinates: each with <see cref="Region.Landmarks"/>, and with
/// <see cref="Region.Points"/> where a landmark model found them.
/// </param>
/// <param name="Read">Its pixels, <see cref="PixelFormat.Rgb24"/>, owned by the caller. Thread-safe; throws <see cref="Errors.VeilException"/>.</param>
public sealed record RealismPicture(string Name, int Group, IReadOnlyList<Region> Faces, Func<PixelBuffer> Read);
