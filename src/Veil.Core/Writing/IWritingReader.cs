using Veil.Imaging;
using Veil.Regions;

namespace Veil.Writing;

/// <summary>
/// Reads lines of writing that were found before. One instance per worker: implementations keep buffers between calls and
/// are not thread-safe.
/// </summary>
public interface IWritingReader : IDisposable
{
    /// <summary>Reads one line, in whichever direction it reads best.</summary>
    /// <param name="image">An upright picture in <see cref="PixelFormat.Rgb24"/>; only read.</param>
    /// <param name="line">Where it lies: its outline, or its box where it has none; may reach over the border.</param>
    /// <returns>The best reading; whoever asked takes what is uncertain for undecided, and covers it.</returns>
    /// <exception cref="Errors.VeilException">The reader failed; that is no reading.</exception>
    LineReading Read(PixelBuffer image, Region line);

    /// <summary>The pixels that <see cref="Read"/> looks at; may reach over the border.</summary>
    /// <param name="line">The same line.</param>
    PixelRect Reads(Region line);
}
