using System.Collections.Concurrent;
using Veil.Anonymization;
using Veil.Errors;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;
using Veil.Studio.Projects;

namespace Veil.Studio.Choosing;

/// <summary>
/// What each method makes of the largest face of one picture, drawn one after the other. Looks for the face once; a method that fails, or needs a file
/// that only the user has, has no thumbnail. Not thread-safe: one per page.
/// </summary>
/// <param name="original">The picture, small, as a file.</param>
internal sealed class MethodThumbnails(EncodedPicture original)
{
    private const int Side = 176;

    // Points and what is in front of faces are found for this method; others do without them or use them.
    private const string NeedsMost = "synthetic";

    private static readonly ConcurrentDictionary<string, Anonymizer> Covering = new(StringComparer.Ordinal);
    private static readonly SemaphoreSlim OneAtATime = new(1);

    private (PixelBuffer Picture, Region Face, PixelRect Area)? _found;
    private bool _looked;

    /// <summary>What a method makes of the face; null where there is no face or no thumbnail.</summary>
    public async Task<EncodedPicture?> DrawAsync(AnonymizerDescriptor method, CancellationToken cancel)
    {
        await OneAtATime.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Draw(method, cancel), cancel).ConfigureAwait(false);
        }
        catch (VeilException)
        {
            // The card stays without a picture; whoever chooses the method reads why in the preview.
            return null;
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    private EncodedPicture? Draw(AnonymizerDescriptor method, CancellationToken cancel)
    {
        if (!_looked)
        {
            (_found, _looked) = (Find(cancel), true);
        }

        if (_found is not var (picture, face, area) || method.Needs.HasFlag(MethodNeeds.UsersFiles) || method.Needs.HasFlag(MethodNeeds.SeveralPeople))
        {
            return null;
        }

        using var covered = picture.Clone();
        Of(method.Id).Cover(covered, [face]);
        using var part = covered.View(area);
        var small = new PixelBuffer(Side, Side, PixelFormat.Rgb24);
        Resampler.Apply(part.Span, part.Stride, part.Width, part.Height, small.Span, small.Stride, Side, Side, 3, area.Width < Side ? Resampling.Bilinear : Resampling.Area);
        using var encoded = Picture.FromPixels(small, PictureFormat.Jpeg);
        return new EncodedPicture(encoded.Encode(new EncodeOptions { Quality = 88 }), "image/jpeg");
    }

    private (PixelBuffer Picture, Region Face, PixelRect Area)? Find(CancellationToken cancel)
    {
        using var opened = Picture.Decode(original.Bytes);
        var picture = PixelConversion.ToRgb24(opened.Frame(0));
        if (Of(NeedsMost).Find(picture, cancel).Where(region => region.Kind == RegionKind.Face).MaxBy(region => region.Box.Width * region.Box.Height) is not { } face)
        {
            return null;
        }

        var (x, y) = ((face.Box.Left + face.Box.Right) / 2, (face.Box.Top + face.Box.Bottom) / 2);
        var half = Math.Min(.85f * Math.Max(face.Box.Width, face.Box.Height), Math.Min(picture.Width, picture.Height) / 2f);
        (x, y) = (Math.Clamp(x, half, picture.Width - half), Math.Clamp(y, half, picture.Height - half));
        var (side, left, top) = ((int)(2 * half), (int)(x - half), (int)(y - half));
        return (picture, face, new PixelRect(left, top, left + side, top + side));
    }

    private static Anonymizer Of(string method) => Covering.GetOrAdd(method, static id => Anonymizer.Create(new AnonymizerSettings { Treatments = [new KindTreatment(RegionKind.Face) { Method = id }] }));
}
