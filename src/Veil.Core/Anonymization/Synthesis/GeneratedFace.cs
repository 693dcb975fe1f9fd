using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization.Synthesis;

/// <summary>
/// A face of nobody: made by a generator, kept on this machine. Immutable and thread-safe; its pictures are only read, by any
/// number of threads.
/// </summary>
public sealed class GeneratedFace
{
    private readonly Func<PixelBuffer> _enlarge;
    private readonly WeakReference<PixelBuffer> _picture = new(null!);
    private readonly Lock _gate = new();

    /// <summary>Describes a face whose enlarged picture is made when it is wanted.</summary>
    /// <param name="seed">Of its latent.</param>
    /// <param name="small">The picture as the generator made it, <see cref="PixelFormat.Rgb24"/>.</param>
    /// <param name="face">In the coordinates of the large picture, with <see cref="Region.Landmarks"/> and <see cref="Region.Points"/>.</param>
    /// <param name="enlarge">
    /// Gives the large picture, a whole number of times as wide and high as the small one, in memory that is collected: nobody
    /// disposes it. Called again when it was collected.
    /// </param>
    public GeneratedFace(ulong seed, PixelBuffer small, Region face, Func<PixelBuffer> enlarge)
    {
        ArgumentNullException.ThrowIfNull(small);
        ArgumentNullException.ThrowIfNull(face);
        ArgumentNullException.ThrowIfNull(enlarge);
        (Seed, Small, Face, _enlarge) = (seed, small, face, enlarge);
    }

    /// <summary>Of its latent.</summary>
    public ulong Seed { get; }

    /// <summary>
    /// The face with hair and background as the generator made it, <see cref="PixelFormat.Rgb24"/>: enough to choose by, and in
    /// memory as long as the bank. <see cref="Face"/> divided by the ratio of the widths lies in it.
    /// </summary>
    public PixelBuffer Small { get; }

    /// <summary>In the coordinates of <see cref="Picture"/>, with <see cref="Region.Landmarks"/> and <see cref="Region.Points"/>.</summary>
    public Region Face { get; }

    /// <summary>
    /// The same picture enlarged, <see cref="PixelFormat.Rgb24"/>. Made when nobody holds it, some milliseconds; keep it for as
    /// long as you read it, and do not dispose it.
    /// </summary>
    public PixelBuffer Picture
    {
        get
        {
            lock (_gate)
            {
                if (!_picture.TryGetTarget(out var picture))
                {
                    picture = _enlarge();
                    _picture.SetTarget(picture);
                }

                return picture;
            }
        }
    }
}
