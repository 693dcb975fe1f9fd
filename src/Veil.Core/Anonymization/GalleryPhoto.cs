using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization;

/// <summary>
/// A photo of a gallery, and the one face in it. Who cannot be used (no face, several, too small, turned away) has none.
/// </summary>
/// <param name="Name">Of the file, for messages.</param>
/// <param name="Picture">The face and what is around it, <see cref="PixelFormat.Rgb24"/>, owned; null when unusable.</param>
/// <param name="Face">
/// In the picture's coordinates, with <see cref="Region.Landmarks"/>; with <see cref="Region.Points"/> where they can be told,
/// and <see cref="Region.Person"/> where people can be told apart. Null when unusable.
/// </param>
public sealed record GalleryPhoto(string Name, PixelBuffer? Picture, Region? Face) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Picture?.Dispose();
}

/// <summary>
/// Reads the photos of a gallery one after the other, in the order of their names; whoever receives one disposes it.
/// </summary>
/// <param name="folder">Folder of photos, each of one person.</param>
/// <exception cref="VeilException">There is no such folder, it holds no picture, or what finds faces cannot be loaded.</exception>
public delegate IEnumerable<GalleryPhoto> GalleryReader(string folder);
