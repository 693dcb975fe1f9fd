using System.Collections.Immutable;
using System.Numerics;
using Veil.Anonymization.Methods;
using Veil.Anonymization.Synthesis.Figures;
using Veil.Anonymization.Synthesis.Film;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization.Synthesis;

/// <summary>
/// Bodies: everybody is removed and background filled in; where a body's outline and pose are known, a figure in plain clothes is put in the
/// place. Faces and other things that lie in a body are drawn with it.
/// </summary>
/// <remarks>
/// Of the person are left: the outline in forty cells on its longer side, and the seventeen points of the pose, rounded to a sixty-fourth of
/// it. Clothes, head and skin come from the seed. A removed body leaves nothing at all.
/// </remarks>
internal sealed class SyntheticBodies : IPersonSynthesis
{
    /// <summary>Longer side of a body, pixels, from which there is a figure to be seen.</summary>
    private const float LeastSide = 32;

    /// <summary>In films, how much of a pose is the frame's own; the rest is what it was before.</summary>
    private const float Fresh = 0.5f;

    private readonly SyntheticOptions _options;
    private readonly Inpainter _inpaint;
    private readonly PoseFinder? _poses;
    private readonly BankHeads? _heads;
    private readonly TrackMemory<KeptPose>? _film;

    /// <summary>Bodies as the options say.</summary>
    /// <param name="options">The method's.</param>
    /// <param name="engines">Supplies background, poses and parts.</param>
    /// <param name="bank">One face or more, where figures are dressed.</param>
    public SyntheticBodies(SyntheticOptions options, MethodEngines engines, Func<IReadOnlyList<GeneratedFace>> bank)
    {
        _options = options;
        _inpaint = engines.MiGan();
        if (options.Bodies == SyntheticBody.Dressed)
        {
            (_poses, _heads) = (engines.Poses(), new BankHeads(bank(), engines.Parser()));
        }
    }

    private SyntheticBodies(SyntheticBodies still) =>
        (_options, _inpaint, _poses, _heads, _film) = (still._options, still._inpaint, still._poses, still._heads, new TrackMemory<KeptPose>(static _ => new KeptPose()));

    /// <inheritdoc/>
    public PixelRect Reads(Region region, RegionMask mask) => SceneFill.NetworkReads(mask);

    /// <inheritdoc/>
    public IEnumerable<PixelRect> ReadsFor(IReadOnlyList<CoveredRegion> covered) => SceneFill.Together(covered.Select(one => Reads(one.Region, one.Mask))).Select(group => group.Area);

    /// <inheritdoc/>
    public IPersonSynthesis ForFilm() => new SyntheticBodies(this);

    /// <inheritdoc/>
    public void Draw(CoveredScene scene, IReadOnlyList<RegionCanvas> canvases)
    {
        _film?.Next();
        foreach (var (reads, members) in SceneFill.Together(canvases.Select(canvas => Reads(canvas.Region, canvas.Mask))))
        {
            var area = reads.Intersect(scene.Original.Bounds);
            using var layer = SceneFill.Fill(scene, area, _inpaint);
            if (_poses is not null)
            {
                // Who stands lower in the picture stands nearer.
                foreach (var canvas in members.Select(member => canvases[member]).Where(canvas => canvas.Region.Kind == RegionKind.Body).OrderBy(canvas => canvas.Region.Box.Bottom))
                {
                    Dress(scene, layer, area, canvas);
                }
            }

            foreach (var canvas in members.Select(member => canvases[member]))
            {
                layer.View(canvas.Area.Offset(-area.Left, -area.Top)).CopyTo(canvas.Target);
            }
        }
    }

    private void Dress(CoveredScene scene, PixelBuffer layer, PixelRect seen, RegionCanvas canvas)
    {
        var body = canvas.Region;
        var kept = body.Track is { } track ? _film?.Of(track) : null;
        if (body.Box.LongSide < LeastSide || Outline(body, canvas.Area, kept) is not { } outline || Skeleton.Of(Pose(scene, body, seen, kept), body.Box) is not { } skeleton)
        {
            return;
        }

        var random = canvas.Random(_options.Seed);
        var wardrobe = Wardrobe.Choose(ref random);
        var head = _heads!.Choose(ref random);
        var light = SceneLight.Around(scene, canvas.Area);
        var (corner, seed) = ((seen.Left, seen.Top), random.Next());
        FigurePainter.Paint(layer, corner, canvas.Area, outline, skeleton, wardrobe, head.Skin, light, seed);
        if ((Face(scene, body, skeleton) ?? skeleton.Head) is { } place)
        {
            head.Draw(layer, corner, place, light, seed);
        }
    }

    /// <summary>A body's outline; of somebody who was dressed in a frame before, nothing is cut off where this frame's is not known.</summary>
    private static CoarseOutline? Outline(Region body, PixelRect area, KeptPose? kept) =>
        CoarseOutline.Of(body, area) ?? (kept is { Points.IsEmpty: false } ? CoarseOutline.Whole(body, area) : null);

    private ImmutableArray<Vector2> Pose(CoveredScene scene, Region body, PixelRect seen, KeptPose? kept)
    {
        var pose = _poses!(scene.Original.View(seen), body.Box.Offset(-seen.Left, -seen.Top));
        pose = [.. pose.Select(point => point + new Vector2(seen.Left, seen.Top))];
        if (kept is null || (pose.IsEmpty && kept.Points.IsEmpty))
        {
            return pose;
        }

        // Points are kept in the box's own measure: who walks does not lag behind.
        var box = body.Reference ?? body.Box;
        var (corner, size) = (new Vector2(box.Left, box.Top), Math.Max(1, box.LongSide));
        ImmutableArray<Vector2> own = [.. pose.Select(point => (point - corner) / size)];
        if (!kept.Points.IsEmpty)
        {
            own = own.IsEmpty ? kept.Points : [.. own.Zip(kept.Points, (now, then) => float.IsFinite(then.X + now.X) ? Vector2.Lerp(then, now, Fresh) : now)];
        }

        kept.Points = own;
        return [.. own.Select(point => corner + (point * size))];
    }

    /// <summary>Where a face that was found says that the head is.</summary>
    private static HeadPlace? Face(CoveredScene scene, Region body, Skeleton skeleton)
    {
        var places = scene.Covered.Concat(scene.Pending).Select(one => one.Region).Where(region => region is { Kind: RegionKind.Face, Landmarks: not null }).Select(region => HeadPlace.Of(region.Landmarks!));
        return skeleton.Head is not { } expected ? null
            : places.Where(place => place.Size < 1.6f * expected.Size && place.Size > 0.5f * expected.Size && Vector2.Distance(place.Middle, expected.Middle) < 0.5f * expected.Size)
                .Select(place => (HeadPlace?)place).FirstOrDefault();
    }

    /// <summary>The pose that somebody in a film had before, in the measure of their box; empty where none was seen yet.</summary>
    private sealed class KeptPose
    {
        public ImmutableArray<Vector2> Points { get; set; } = [];
    }
}
