using Veil.Regions;

namespace Veil.Writing;

/// <summary>A region of writing and what it says.</summary>
/// <param name="Region">Where.</param>
/// <param name="Reading">What.</param>
public readonly record struct ReadRegion(Region Region, LineReading Reading);
