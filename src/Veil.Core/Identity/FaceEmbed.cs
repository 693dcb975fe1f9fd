using Veil.Imaging;

namespace Veil.Identity;

/// <summary>Turns an aligned face into its embedding. Thread-safe, and the same for the same pixels.</summary>
/// <param name="aligned">As <see cref="FaceAlignment.Cut"/> gives it; only read.</param>
/// <returns>Null for a vector without direction.</returns>
/// <exception cref="Errors.VeilException">The network fails; nothing may be decided then.</exception>
public delegate FaceEmbedding? FaceEmbed(PixelBuffer aligned);
