using System.Collections.Immutable;
using System.Numerics;
using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization.Synthesis;

/// <summary>
/// A network that paints somebody into the hole of a crop, from what is around it and a latent. Whatever the crop shows in the
/// hole is wiped before anything is computed. Thread-safe; the same input gives the same bytes.
/// </summary>
public sealed record CropGenerator
{
    /// <summary>Its id in the model manifest, or the file that the user named: for reports and messages.</summary>
    public required string Name { get; init; }

    /// <summary>Columns and rows of the crops it takes.</summary>
    public required PixelSize Size { get; init; }

    /// <summary>Numbers of its latent; 0 when it takes none, and then each crop has but one result.</summary>
    public required int LatentLength { get; init; }

    /// <summary>Points it wants to know; 0 when it wants none.</summary>
    public required int Keypoints { get; init; }

    /// <summary>Paints.</summary>
    public required CropPainter Paint { get; init; }
}

/// <summary>Columns and rows.</summary>
/// <param name="Width">1 or more.</param>
/// <param name="Height">1 or more.</param>
public readonly record struct PixelSize(int Width, int Height);

/// <summary>What a <see cref="CropGenerator"/> does.</summary>
/// <param name="crop"><see cref="PixelFormat.Rgb24"/>, of the generator's size; only read.</param>
/// <param name="hole">Of the same bounds; pixels with coverage above 0 are painted.</param>
/// <param name="latent"><see cref="CropGenerator.LatentLength"/> finite numbers, as of a standard normal distribution.</param>
/// <param name="keypoints">
/// <see cref="CropGenerator.Keypoints"/> points in the crop's pixels: of a face the five of <see cref="FaceLandmarks"/>, the
/// viewer's left first, of a body COCO's seventeen; NaN where one is not known.
/// </param>
/// <returns>A new picture of the crop's size; outside the hole it is the crop's.</returns>
/// <exception cref="VeilException"><see cref="VeilErrorCode.AnonymizationFailed"/>: the network failed, or gave what cannot be a picture.</exception>
public delegate PixelBuffer CropPainter(PixelBuffer crop, RegionMask hole, ImmutableArray<float> latent, ImmutableArray<Vector2> keypoints);
