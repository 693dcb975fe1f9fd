using Veil.Anonymization.Methods;
using Veil.Anonymization.Synthesis;
using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization;

/// <summary>
/// Opens a picture to be laid over a region. The core decodes no files, so whoever has codecs supplies this.
/// </summary>
/// <param name="name">The name of an emoji, one of <see cref="Methods.EmojiAnonymizer.Faces"/> at least, or the path of a picture.</param>
/// <returns>An <see cref="PixelFormat.Rgba32"/> picture with straight alpha; the caller disposes it.</returns>
/// <exception cref="VeilException">There is no such picture; the message lists the names there are.</exception>
public delegate PixelBuffer StickerLoader(string name);

/// <summary>
/// Fills holes in a picture from what lies around them. Filled pixels do not depend on what they were before; all others
/// stay bit-identical. Thread-safe.
/// </summary>
/// <param name="image">The picture, <see cref="PixelFormat.Rgb24"/>, changed in place.</param>
/// <param name="hole">
/// The pixels with coverage above 0 are filled, whatever the coverage; in the picture's coordinates, within its bounds. May
/// be the whole picture: the result is then any flat colour that does not depend on it.
/// </param>
public delegate void Inpainter(PixelBuffer image, RegionMask hole);

/// <summary>Finds corner keypoints, strongest first. Thread-safe, deterministic.</summary>
/// <param name="image">A picture in <see cref="PixelFormat.Rgb24"/>; only read.</param>
/// <param name="count">At most so many, 0 or more.</param>
/// <returns>Their pixels (column, row).</returns>
public delegate IReadOnlyList<(int X, int Y)> KeypointFinder(PixelBuffer image, int count);

/// <summary>
/// What methods need from outside the core: codecs, native libraries, networks. Each is asked for when a method that needs
/// it is made, and throws <see cref="VeilException"/> then if it is not to be had here.
/// </summary>
public sealed record MethodEngines
{
    /// <summary>Opens pictures for the methods that lay one over a region.</summary>
    public required StickerLoader Stickers { get; init; }

    /// <summary>Telea's inpainting with a radius in pixels.</summary>
    public Func<float, Inpainter> Telea { get; init; } = _ => throw Missing("Telea's inpainting");

    /// <summary>Inpainting by the MI-GAN network.</summary>
    public Func<Inpainter> MiGan { get; init; } = () => throw Missing("The inpainting network");

    /// <summary>ORB keypoints.</summary>
    public Func<KeypointFinder> Orb { get; init; } = () => throw Missing("ORB");

    /// <summary>Reads galleries of faces: decoding, detection and landmarks together.</summary>
    public Func<GalleryReader> Gallery { get; init; } = () => throw Missing("Reading a gallery of faces");

    /// <summary>Ids of the models that <see cref="Gallery"/> runs, for the run report.</summary>
    public Func<IReadOnlyList<string>> GalleryModels { get; init; } = static () => [];

    /// <summary>
    /// A bank of generated faces, by how latents are chosen and how far they are truncated (0..1; of
    /// <see cref="LatentSampling.Free"/> alone). Makes it when it is not on this machine yet, which takes minutes and shows its
    /// progress.
    /// </summary>
    public Func<LatentSampling, float, IReadOnlyList<GeneratedFace>> GeneratedFaces { get; init; } = (_, _) => throw Missing("The bank of generated faces");

    /// <summary>
    /// Ids of the models that <see cref="GeneratedFaces"/> is made with, for the run report. Throws <see cref="VeilException"/>
    /// where they may not be used.
    /// </summary>
    public Func<IReadOnlyList<string>> GeneratedFaceModels { get; init; } = static () => [];

    /// <summary>Veil's own network that paints faces into crops.</summary>
    public Func<CropGenerator> FaceInpainter { get; init; } = () => throw Missing("The face inpainter");

    /// <summary>Opens an ONNX generator of the user's own.</summary>
    public Func<string, CropGenerator> OpenGenerator { get; init; } = _ => throw Missing("Opening generators");

    /// <summary>The network that tells hair, skin and clothes apart.</summary>
    public Func<PersonParser> Parser { get; init; } = () => throw Missing("The network that tells the parts of people");

    /// <summary>The network that sees how bodies are posed.</summary>
    public Func<PoseFinder> Poses { get; init; } = () => throw Missing("The network that sees poses");

    private static VeilException Missing(string what) => new(
        VeilErrorCode.MissingNative, $"{what} is not part of this program.", "Supply it through MethodEngines.");
}
