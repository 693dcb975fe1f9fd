using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization.Synthesis;

/// <summary>A face of nobody: made by a generator, kept on this machine. Immutable: its picture is only read, by any number of threads.</summary>
/// <param name="Seed">Of its latent.</param>
/// <param name="Picture">The face with hair and background, <see cref="PixelFormat.Rgb24"/>; lives as long as the bank.</param>
/// <param name="Face">
/// In the picture's coordinates, with <see cref="Region.Landmarks"/> and <see cref="Region.Points"/>.
/// </param>
public sealed record GeneratedFace(ulong Seed, PixelBuffer Picture, Region Face);
