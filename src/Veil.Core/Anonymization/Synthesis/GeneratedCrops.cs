using System.Collections.Immutable;
using System.Numerics;
using Veil.Anonymization.Methods;
using Veil.Anonymization.Synthesis.Film;
using Veil.Errors;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Anonymization.Synthesis;

/// <summary>
/// People painted by a network into holes of the picture, one after the other (DeepPrivacy2: Hukkelås and Lindseth, 2023). Each is
/// painted from a crop around the place in which everything that is still to be covered is wiped, whoever's it is; what was
/// painted before counts as surroundings.
/// </summary>
internal sealed class GeneratedCrops : IPersonSynthesis
{
    /// <summary>A disk of this radius, in the crop's pixels, widens the holes of bodies: a rim of clothes would tell what to paint.</summary>
    public const int BodyDilation = 4;

    /// <summary>Of a body whose crop has fewer pixels nothing can be painted: its place is filled plainly.</summary>
    public const int SmallestBody = 8 * 8;

    // How far around a place its plain fill is mixed from.
    private const int FillReach = 4;

    private readonly SyntheticOptions _options;
    private readonly CropGenerator _generator;
    private readonly LatentSampler _sampler;
    private readonly TrackMemory<KeptLatent>? _film;

    /// <summary>Creates the synthesis.</summary>
    /// <param name="options">How latents are chosen and colours fitted.</param>
    /// <param name="generator">Paints.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: a latent is to be searched for, but the generator takes none.</exception>
    public GeneratedCrops(SyntheticOptions options, CropGenerator generator)
        : this(options, generator, null)
    {
        if (options.Histogram == HistogramMatching.Latent && generator.LatentLength == 0)
        {
            throw new VeilException(
                VeilErrorCode.InvalidOption, $"histogram=latent searches for a latent, but the generator '{generator.Name}' takes none.", "Use histogram=ad-hoc or none.");
        }
    }

    private GeneratedCrops(SyntheticOptions options, CropGenerator generator, TrackMemory<KeptLatent>? film) =>
        (_options, _generator, _film, _sampler) = (options, generator, film, new LatentSampler(options.Sampling, options.Truncation));

    /// <inheritdoc/>
    public PixelRect Reads(Region region, RegionMask mask) => Reads(region, mask, mask.Bounds);

    /// <inheritdoc/>
    public IEnumerable<PixelRect> ReadsFor(IReadOnlyList<CoveredRegion> covered) =>
        PasteOrder.Of(covered).Select(group => Reads(covered[group[0]].Region, covered[group[0]].Mask, group.Select(i => covered[i].Mask.Bounds).Aggregate(static (a, b) => a.Union(b))));

    /// <inheritdoc/>
    public void Draw(CoveredScene scene, IReadOnlyList<RegionCanvas> canvases)
    {
        _film?.Next();
        using var picture = scene.Original.Clone();
        var unknown = scene.Covered.Concat(scene.Pending).Select(one => one.Mask).ToList();
        foreach (var group in PasteOrder.Of([.. canvases.Select(canvas => new CoveredRegion(canvas.Region, canvas.Mask))]))
        {
            RegionCanvas[] together = [.. group.Select(i => canvases[i])];
            Draw(picture, together, unknown);
            foreach (var canvas in together)
            {
                Lay(canvas, picture);
                unknown.Remove(canvas.Mask);
            }
        }
    }

    /// <inheritdoc/>
    public IPersonSynthesis ForFilm() => new GeneratedCrops(_options, _generator, new TrackMemory<KeptLatent>(static _ => new KeptLatent()));

    private PixelRect Reads(Region region, RegionMask mask, PixelRect covered)
    {
        var found = region.Found ?? region.Box;
        if (region.Kind != RegionKind.Body)
        {
            return CropFrame.OfFace(found, covered, _generator.Size).Union(covered.Inflate(FillReach));
        }

        // Its crop may be moved into the picture, and begins with what of the body is in it.
        var frame = CropFrame.OfBody(found, PasteOrder.Pixels(mask), covered, _generator.Size, picture: null);
        var place = found.ToPixels().Union(covered);
        return new PixelRect(place.Left - frame.Width, place.Top - frame.Height, place.Right + frame.Width, place.Bottom + frame.Height);
    }

    /// <summary>Draws somebody, and what lies in the place, from one painting.</summary>
    private void Draw(PixelBuffer picture, RegionCanvas[] together, List<RegionMask> unknown)
    {
        var canvas = together[0];
        var frame = Frame(picture, together);
        if (canvas.Region.Kind == RegionKind.Body && (long)frame.Width * frame.Height < SmallestBody)
        {
            Array.ForEach(together, one => Fill(picture, one, unknown));
            return;
        }

        using var seen = CropView.Cut(picture, frame, _generator.Size, unknown);
        if (canvas.Region.Kind == RegionKind.Body)
        {
            seen.Widen(BodyDilation);
        }

        var hole = new RegionMask(seen.Pixels.Bounds, seen.Hole);
        var points = CropKeypoints.Of(canvas.Region, _generator.Keypoints, frame, _generator.Size);
        using var original = _options.Histogram == HistogramMatching.None
            ? null
            : CropView.Cut(picture, frame, _generator.Size, unknown.Except(together.Select(one => one.Mask)));
        using var painted = Paint(seen.Pixels, hole, LatentFor(canvas, seen.Pixels, hole, points, original), points);
        if (_options.Histogram == HistogramMatching.AdHoc)
        {
            var person = CropView.Shape(picture.Bounds, frame, _generator.Size, canvas.Mask);
            AdHocHistogram.Match(painted, original!.Pixels, person, original.Hole);
        }

        foreach (var one in together)
        {
            CropView.Paste(painted, frame, one.Area, one.Target);
        }
    }

    // Wholly, soft edges too: the original that shows through them is nothing to paint others from.
    private static void Lay(RegionCanvas canvas, PixelBuffer picture)
    {
        for (var y = 0; y < canvas.Height; y++)
        {
            var coverage = canvas.Coverage(y);
            var row = picture.Row(y + canvas.Area.Top)[(canvas.Area.Left * 3)..];
            for (var x = 0; x < coverage.Length; x++)
            {
                if (coverage[x] != 0)
                {
                    canvas.Target.Row(y).Slice(x * 3, 3).CopyTo(row[(x * 3)..]);
                }
            }
        }
    }

    private PixelRect Frame(PixelBuffer picture, RegionCanvas[] together)
    {
        var canvas = together[0];
        var (found, covered) = (canvas.Region.Found ?? canvas.Region.Box, together.Select(one => one.Area).Aggregate(static (a, b) => a.Union(b)));
        return canvas.Region.Kind == RegionKind.Body
            ? CropFrame.OfBody(found, PasteOrder.Pixels(canvas.Mask), covered, _generator.Size, new PixelSize(picture.Width, picture.Height))
            : CropFrame.OfFace(found, covered, _generator.Size);
    }

    private ImmutableArray<float> LatentFor(RegionCanvas canvas, PixelBuffer crop, RegionMask hole, ImmutableArray<Vector2> points, CropView? original)
    {
        // People and tracks are counted apart: people downwards from -1.
        var kept = (canvas.Region.Person is { } person ? ~person : canvas.Region.Track) is { } who ? _film?.Of(who) : null;
        if (kept is { Latent.IsDefault: false })
        {
            return kept.Latent;
        }

        var random = canvas.Random(_options.Seed);
        var latent = _sampler.Sample(_generator.LatentLength, ref random);
        if (_options.Histogram == HistogramMatching.Latent && original!.Hole.AsSpan().Contains((byte)0))
        {
            latent = Search(latent, crop, hole, points, original, random).Latent;
        }

        if (kept is not null)
        {
            kept.Latent = latent;
        }

        return latent;
    }

    private LatentMatch Search(ImmutableArray<float> start, PixelBuffer crop, RegionMask hole, ImmutableArray<Vector2> points, CropView original, SplitMix64 random)
    {
        var wanted = ToneHistogram.Of(original.Pixels.Span, original.Hole);
        return LatentSearch.Find(start, Loss, random);

        float Loss(ImmutableArray<float> latent)
        {
            using var painted = Paint(crop, hole, latent, points);
            return ToneHistogram.Of(painted.Span, original.Hole).DistanceTo(wanted);
        }
    }

    private PixelBuffer Paint(PixelBuffer crop, RegionMask hole, ImmutableArray<float> latent, ImmutableArray<Vector2> points)
    {
        var painted = _generator.Paint(crop, hole, latent, points);
        if (painted.Width == crop.Width && painted.Height == crop.Height && painted.Format == PixelFormat.Rgb24 && painted.Stride == 3 * crop.Width)
        {
            return painted;
        }

        using (painted)
        {
            throw new VeilException(
                VeilErrorCode.AnonymizationFailed,
                $"Expected {crop.Width}×{crop.Height} {PixelFormat.Rgb24} without padding from the generator '{_generator.Name}', but received {painted.Width}×{painted.Height} {painted.Format}.");
        }
    }

    /// <summary>The mean of what is known around a place, or mid-grey.</summary>
    private static void Fill(PixelBuffer picture, RegionCanvas canvas, List<RegionMask> unknown)
    {
        var area = canvas.Area.Inflate(FillReach).Intersect(picture.Bounds);
        var coverage = new byte[area.Width * area.Height];
        unknown.ForEach(mask => mask.AddTo(coverage, area));
        var (sum, count) = (Vector3.Zero, 0);
        for (var y = 0; y < area.Height; y++)
        {
            var row = picture.Row(y + area.Top).Slice(area.Left * 3, area.Width * 3);
            for (var x = 0; x < area.Width; x++)
            {
                if (coverage[(y * area.Width) + x] == 0)
                {
                    (sum, count) = (sum + new Vector3(row[x * 3], row[(x * 3) + 1], row[(x * 3) + 2]), count + 1);
                }
            }
        }

        var mean = count == 0 ? new Vector3(CropView.Unknown) : sum / count;
        for (var y = 0; y < canvas.Height; y++)
        {
            var row = canvas.Target.Row(y);
            for (var x = 0; x < row.Length; x += 3)
            {
                (row[x], row[x + 1], row[x + 2]) = ((byte)mean.X, (byte)mean.Y, (byte)mean.Z);
            }
        }
    }

    /// <summary>What somebody in a film is painted from; default until they are painted.</summary>
    private sealed class KeptLatent
    {
        public ImmutableArray<float> Latent { get; set; }
    }
}
