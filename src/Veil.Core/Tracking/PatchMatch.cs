using Veil.Regions;

namespace Veil.Tracking;

/// <summary>Where a patch of one frame is found in another.</summary>
/// <param name="Box">Its place, frame pixels.</param>
/// <param name="Correlation">Zero-mean normalised cross-correlation, −1..1; 1 is the same up to brightness and contrast.</param>
public readonly record struct PatchMatch(Box Box, float Correlation);
