using System.Collections.Immutable;
using System.Numerics;
using Veil.Anonymization;
using Veil.Anonymization.Methods;
using Veil.Anonymization.Synthesis;
using Veil.Anonymization.Synthesis.Film;
using Veil.Core.Tests.Anonymization.Methods;
using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Core.Tests.Anonymization.Synthesis;

public sealed class SyntheticBodiesTests
{
    private static readonly Box Place = new(60, 20, 120, 180);

    [Fact]
    public void A_figure_stands_where_outline_and_pose_are_known_and_background_elsewhere()
    {
        using var plain = Plain(200, 200, 128);
        using var dressed = Apply(plain, [Body(Place)]);
        using var removed = Apply(plain, [Body(Place)], new SyntheticOptions { Bodies = SyntheticBody.Removed });
        using var boxed = Apply(plain, [Body(Place) with { Mask = null }]);
        using var blind = Apply(plain, [Body(Place)], poses: (_, _) => []);
        Assert.True(Changed(plain, dressed) > 2500);
        Assert.Equal((0, 0, 0), (Changed(plain, removed), Changed(plain, boxed), Changed(plain, blind)));
        Assert.NotEqual(Pixel(plain, 90, 90), Pixel(dressed, 90, 90));
    }

    [Fact]
    public void Nothing_of_the_person_is_seen_and_what_is_not_covered_stays_as_it_is()
    {
        var covered = Cover([Body(Place), Body(new Box(110, 40, 170, 190)), Body(new Box(4, 150, 14, 176)), Face(new Box(78, 24, 102, 54))], 200, 200);
        using var one = NoisePicture.Draw(200, 200, 1);
        using var other = NoisePicture.Draw(200, 200, 2);
        for (var y = 0; y < 200; y++)
        {
            for (var x = 0; x < 200; x++)
            {
                if (covered.All(region => region.Mask[x, y] == 0))
                {
                    Pixel(one, x, y).CopyTo(other.Row(y)[(x * 3)..]);
                }
            }
        }

        using var before = one.Clone();
        Method().Apply(one, covered, []);
        Method().Apply(other, covered, []);
        for (var y = 0; y < 200; y++)
        {
            for (var x = 0; x < 200; x++)
            {
                if (covered.All(region => region.Mask[x, y] == 0))
                {
                    Assert.Equal(Pixel(before, x, y), Pixel(one, x, y));
                }

                if (covered.Any(region => region.Mask[x, y] == 255) || covered.All(region => region.Mask[x, y] == 0))
                {
                    Assert.Equal(Pixel(one, x, y), Pixel(other, x, y));
                }
            }
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 67)]
    [InlineData(67, 3)]
    [InlineData(40, 60)]
    public void Bodies_of_any_size_and_place_are_covered(int width, int height)
    {
        Box[] places =
        [
            new(0, 0, width, height), new(-900, -900, 900, 900), new(width - 0.5f, height - 0.5f, width + 40, height + 80), new(-30, -60, 1, 1),
            new(0.2f, 0.2f, 0.4f, 0.3f), new(-20, height / 2f, width + 20, height + 90), new(0, -40, width, 41),
        ];
        foreach (var place in places)
        {
            foreach (var body in new[] { Body(place), Body(place) with { Mask = RegionMask.Full(new PixelRect(0, 0, 1, 1)) }, Body(place) with { Mask = null, Outline = [new(place.Left, place.Top), new(place.Right, place.Top), new(place.CenterX, place.Bottom)] } })
            {
                using var picture = Plain(width, height, 90);
                using var again = picture.Clone();
                var covered = Cover([body], width, height);
                Method().Apply(picture, covered, []);
                Method().Apply(again, covered, []);
                Assert.True(picture.Span.SequenceEqual(again.Span));
            }
        }
    }

    [Fact]
    public void A_face_in_a_body_is_drawn_with_it_and_one_beside_it_by_the_face_s_engine()
    {
        var method = Method();
        var covered = Cover([Body(Place), Face(new Box(78, 24, 102, 54)), Face(new Box(150, 20, 186, 66))], 200, 200);
        using var picture = NoisePicture.Draw(200, 200, 1);
        method.Apply(picture, covered, []);
        using var alone = NoisePicture.Draw(200, 200, 1);
        Method().Apply(alone, [covered[0]], [covered[1], covered[2]]);
        Assert.Equal(Pixel(alone, 90, 120), Pixel(picture, 90, 120));
        Assert.NotEqual(Pixel(alone, 168, 44), Pixel(picture, 168, 44));
        var plate = covered[0] with { Region = covered[0].Region with { Kind = RegionKind.Plate } };
        Assert.Equal(VeilErrorCode.AnonymizationFailed, Assert.Throws<VeilException>(() => method.Apply(picture, [plate], [])).Code);
    }

    [Fact]
    public void Somebody_with_a_track_keeps_clothes_and_head_and_a_pose_that_jumps_is_smoothed()
    {
        var film = Method((_, box) => Standing(box, sway: box.Left > 60.5f ? 0.1f : 0)).ForFilm();
        var still = Method((_, box) => Standing(box, sway: box.Left > 60.5f ? 0.1f : 0));
        using var first = Plain(200, 200, 90);
        using var second = Plain(200, 200, 90);
        using var jumped = Plain(200, 200, 90);
        var body = Body(Place) with { Track = 7 };
        ((IPictureAnonymizer)film).Apply(first, Cover([body], 200, 200), []);
        var moved = body with { Box = body.Box.Offset(2, 0), Reference = body.Box };
        ((IPictureAnonymizer)film).Apply(second, Cover([moved], 200, 200), []);
        still.Apply(jumped, Cover([moved], 200, 200), []);
        Assert.True(Changed(first, second) < Changed(first, jumped));
    }

    [Fact]
    public void In_a_film_a_figure_stays_where_outline_or_pose_are_lost_for_a_frame()
    {
        var looks = 0;
        var film = (IPictureAnonymizer)Method((_, box) => ++looks == 1 ? Standing(box, 0) : []).ForFilm();
        var body = Body(Place) with { Track = 7 };
        foreach (var region in new[] { body, body with { Mask = null } })
        {
            using var frame = Plain(200, 200, 128);
            using var before = frame.Clone();
            film.Apply(frame, Cover([region], 200, 200), []);
            Assert.True(Changed(before, frame) > 2500);
        }
    }

    [Fact]
    public void Somebody_who_was_not_seen_for_a_while_is_forgotten()
    {
        var (here, other) = (Body(Place) with { Track = 7 }, Body(new Box(4, 150, 40, 190)) with { Track = 8 });
        var film = (IPictureAnonymizer)Method((_, box) => box.Left > 50 ? Standing(box, 0) : []).ForFilm();
        using var frame = Plain(200, 200, 128);
        film.Apply(frame, Cover([here], 200, 200), []);
        for (var i = 0; i <= TrackMemory<object>.Patience; i++)
        {
            film.Apply(frame, Cover([other], 200, 200), []);
        }

        using var plain = Plain(200, 200, 128);
        using var again = plain.Clone();
        film.Apply(again, Cover([here with { Mask = null }], 200, 200), []);
        Assert.Equal(0, Changed(plain, again));
    }

    [Fact]
    public void Without_faces_among_what_is_covered_their_engine_is_not_asked_for()
    {
        foreach (var options in new[] { new SyntheticOptions { Engine = SyntheticEngine.Inpainter }, new SyntheticOptions() })
        {
            var method = SyntheticAnonymizer.Describe(new MethodEngines { Stickers = _ => throw new InvalidOperationException(), MiGan = () => FakeInpainting.Local(6) });
            var removed = options with { Bodies = SyntheticBody.Removed };
            using var picture = NoisePicture.Draw(200, 200, 1);
            var film = method.ForBodiesAlone!.Create(removed).ForFilm();
            ((IPictureAnonymizer)film).Apply(picture, Cover([Body(Place)], 200, 200), []);
            Assert.Empty(method.ForBodiesAlone.Models(removed));
            Assert.Throws<VeilException>(() => method.Create(removed));
            Assert.Throws<VeilException>(() => method.ForBodiesAlone.Create(options));
        }
    }

    [Fact]
    public void Writing_goes_with_a_removed_body_and_keeps_its_own_method_on_a_face_which_is_not_removed()
    {
        var (people, writing) = (Method(options: new SyntheticOptions { Bodies = SyntheticBody.Removed }), new PaintedRed());
        var kinds = new KindAnonymizer(new Dictionary<RegionKind, IAnonymizer> { [RegionKind.Body] = people, [RegionKind.Face] = people, [RegionKind.Text] = writing });
        var covered = Cover([Body(Place), Face(new Box(150, 20, 186, 66)), Text(new Box(85, 110, 100, 118)), Text(new Box(160, 36, 176, 44))], 200, 200);
        using var picture = NoisePicture.Draw(200, 200, 1);
        kinds.Apply(picture, covered, []);
        Assert.NotEqual(PaintedRed.Colour, Pixel(picture, 92, 114));
        Assert.Equal(PaintedRed.Colour, Pixel(picture, 168, 40));
    }

    [Fact]
    public void What_is_read_holds_bodies_with_their_surroundings_together()
    {
        var covered = Cover([Body(Place), Body(new Box(110, 40, 170, 190))], 2000, 2000);
        Assert.Single(Method().ReadsFor(covered));
        Assert.All(covered, one => Assert.Equal(one.Mask.Bounds, Method().Reads(one.Region, one.Mask).Intersect(one.Mask.Bounds)));
    }

    private static SyntheticAnonymizer Method(PoseFinder? poses = null, SyntheticOptions? options = null) => (SyntheticAnonymizer)SyntheticAnonymizer.Describe(new MethodEngines
    {
        Stickers = _ => throw new InvalidOperationException(),
        MiGan = () => FakeInpainting.Local(6),
        GeneratedFaces = (_, _) => DrawnBank.Faces,
        Parser = () => DrawnBank.Parse,
        Poses = () => poses ?? ((_, box) => Standing(box, 0)),
    }).Create(options ?? new SyntheticOptions());

    private static PixelBuffer Apply(PixelBuffer picture, IReadOnlyList<Region> regions, SyntheticOptions? options = null, PoseFinder? poses = null)
    {
        var result = picture.Clone();
        Method(poses, options).Apply(result, Cover(regions, picture.Width, picture.Height), []);
        return result;
    }

    private static List<CoveredRegion> Cover(IReadOnlyList<Region> regions, int width, int height) =>
        [.. regions.Select(region => RegionPolicies.Default.Cover(region, width, height)).OfType<CoveredRegion>()];

    private static Region Face(Box box) => DrawnFace.Region(box);

    private static Region Text(Box box) => new(box, RegionKind.Text, 1, new RegionOrigin(RegionSource.Detector));

    private static Region Body(Box box) => new(box, RegionKind.Body, 1, new RegionOrigin(RegionSource.Annotation))
    {
        Mask = box.ToPixels().Intersect(new PixelRect(-50, -50, 250, 250)) is { IsEmpty: false } pixels ? RegionMask.Full(pixels) : null,
    };

    /// <summary>Somebody who faces the viewer, with the points in COCO's order.</summary>
    private static ImmutableArray<Vector2> Standing(Box box, float sway)
    {
        (float X, float Y)[] points =
        [
            (0.5f, 0.1f), (0.54f, 0.08f), (0.46f, 0.08f), (0.6f, 0.09f), (0.4f, 0.09f), (0.75f, 0.22f), (0.25f, 0.22f), (0.85f, 0.36f), (0.15f, 0.36f),
            (0.9f, 0.5f), (0.1f, 0.5f), (0.65f, 0.52f), (0.35f, 0.52f), (0.65f, 0.74f), (0.35f, 0.74f), (0.65f, 0.95f), (0.35f, 0.95f),
        ];
        return [.. points.Select(point => new Vector2(box.Left + ((point.X + sway) * box.Width), box.Top + (point.Y * box.Height)))];
    }

    private static PixelBuffer Plain(int width, int height, byte value)
    {
        var picture = new PixelBuffer(width, height, PixelFormat.Rgb24);
        picture.Span.Fill(value);
        return picture;
    }

    private static byte[] Pixel(PixelBuffer picture, int x, int y) => picture.Row(y).Slice(x * 3, 3).ToArray();

    private static int Changed(PixelBuffer before, PixelBuffer after) => Enumerable.Range(0, before.Width * before.Height)
        .Count(i => !before.Row(i / before.Width).Slice(i % before.Width * 3, 3).SequenceEqual(after.Row(i / before.Width).Slice(i % before.Width * 3, 3)));

    private sealed class PaintedRed : SceneAnonymizer
    {
        public static byte[] Colour { get; } = [255, 0, 0];

        protected override void Draw(CoveredScene scene, IReadOnlyList<RegionCanvas> canvases)
        {
            foreach (var target in canvases.Select(canvas => canvas.Target))
            {
                for (var i = 0; i < target.Width * target.Height; i++)
                {
                    Colour.CopyTo(target.Row(i / target.Width)[(i % target.Width * 3)..]);
                }
            }
        }
    }
}
