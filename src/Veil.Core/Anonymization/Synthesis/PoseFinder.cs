using System.Collections.Immutable;
using System.Numerics;
using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization.Synthesis;

/// <summary>Sees how a body is posed. Thread-safe.</summary>
/// <param name="picture">Upright, <see cref="PixelFormat.Rgb24"/>; only read.</param>
/// <param name="person">The person's box; not empty.</param>
/// <returns>COCO's seventeen points in the picture's coordinates, NaN where one is not seen; empty where no body is.</returns>
/// <exception cref="VeilException"><see cref="VeilErrorCode.DetectionFailed"/>: the network failed.</exception>
public delegate ImmutableArray<Vector2> PoseFinder(PixelBuffer picture, Box person);
