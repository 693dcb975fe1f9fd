using System.Collections.Immutable;
using System.Numerics;
using Veil.Anonymization;
using Veil.Anonymization.Methods;
using Veil.Anonymization.Synthesis;
using Veil.Anonymization.Synthesis.Film;
using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Core.Tests.Anonymization.Synthesis;

public sealed class GeneratedCropsTests
{
    private static readonly RegionPolicy Tight = new() { Shape = RegionShape.Box, Growth = 0, SoftEdge = 0 };

    [Theory]
    [InlineData(RegionKind.Face)]
    [InlineData(RegionKind.Body)]
    public void Nothing_under_a_mask_has_a_part_in_the_result(RegionKind kind)
    {
        CoveredRegion[] covered =
        [
            new RegionPolicy().Cover(Somebody(new Box(20, 10, 60, 70), kind), 150, 120)!,
            new RegionPolicy().Cover(Somebody(new Box(50, 30, 120, 110), kind), 150, 120)!,
        ];
        CoveredRegion[] pending = [Tight.Cover(Somebody(new Box(100, 5, 140, 40), RegionKind.Plate), 150, 120)!];
        using var one = NoisePicture.Draw(150, 120, 1);
        using var other = NoisePicture.Draw(150, 120, 2);
        using var before = one.Clone();
        for (var y = 0; y < 120; y++)
        {
            for (var x = 0; x < 150; x++)
            {
                if (covered.Concat(pending).All(region => region.Mask[x, y] == 0))
                {
                    one.Row(y).Slice(3 * x, 3).CopyTo(other.Row(y)[(3 * x)..]);
                }
            }
        }

        var method = Method(DrawnGenerator.Create(64, 64));
        method.Apply(one, covered, pending);
        method.Apply(other, covered, pending);
        for (var y = 0; y < 120; y++)
        {
            for (var x = 0; x < 150; x++)
            {
                var coverage = covered.Max(region => region.Mask[x, y]);
                var a = one.Row(y).Slice(3 * x, 3);
                var b = other.Row(y).Slice(3 * x, 3);
                Assert.True(coverage < 255 || a.SequenceEqual(b), $"({x}, {y})");
                Assert.True(coverage > 0 || a.SequenceEqual(before.Row(y).Slice(3 * x, 3)), $"({x}, {y})");
            }
        }
    }

    [Fact]
    public void The_largest_is_painted_last_and_sees_what_was_painted_before()
    {
        var (large, small) = (Tight.Cover(Somebody(new Box(40, 20, 100, 80)), 160, 100)!, Tight.Cover(Somebody(new Box(20, 30, 50, 60)), 160, 100)!);
        var seen = new List<(PixelBuffer Crop, RegionMask Hole)>();
        using var picture = NoisePicture.Draw(160, 100, 3);
        Method(Watched(seen)).Apply(picture, [large, small], []);
        Assert.Equal(2, seen.Count);

        // The small face's crop, 51 pixels wide from (10, 20) on, is seen at 64: the large face is a hole in it.
        Assert.Equal(255, seen[0].Hole[(int)((45 - 10) * 64 / 50f), (int)((45 - 20) * 64 / 50f)]);
        Assert.Equal(255, seen[0].Hole[(int)((55 - 10) * 64 / 50f), (int)((45 - 20) * 64 / 50f)]);

        // The large face's crop, 102 wide from (19, −1) on, shows the small one as it was painted: white, where it is not covered again.
        var (x, y) = ((int)((30 - 19) * 64 / 102f), (int)((45 + 1) * 64 / 102f));
        Assert.Equal(0, seen[1].Hole[x, y]);
        Assert.Equal(255, seen[1].Crop.Row(y)[3 * x]);

        // Where both overlap the large one lies in front.
        Assert.Equal(0, picture.Row(45)[3 * 45]);
        Assert.Equal(255, picture.Row(45)[3 * 30]);
        seen.ForEach(one => one.Crop.Dispose());

        CropGenerator Watched(List<(PixelBuffer, RegionMask)> all) => DrawnGenerator.Create(64, 64) with
        {
            Paint = (crop, hole, _, _) =>
            {
                all.Add((crop.Clone(), hole));
                var painted = crop.Clone();
                for (var i = 0; i < 64 * 64; i++)
                {
                    if (hole[i % 64, i / 64] != 0)
                    {
                        painted.Span.Slice(3 * i, 3).Fill(all.Count == 1 ? byte.MaxValue : (byte)0);
                    }
                }

                return painted;
            },
        };
    }

    [Fact]
    public void What_a_generator_draws_is_placed_by_the_points_of_the_face()
    {
        ImmutableArray<Vector2> points = [];
        var generator = DrawnGenerator.Create(64, 64) with
        {
            Paint = (crop, hole, latent, keypoints) =>
            {
                points = keypoints;
                return DrawnGenerator.Paint(crop, hole, latent, keypoints);
            },
        };
        var face = Somebody(new Box(20, 20, 60, 60)) with
        {
            Landmarks = new FaceLandmarks(new(30, 34), new(50, 34), new(40, 42), new(33, 50), new(47, 50)),
        };
        using var picture = NoisePicture.Draw(100, 100, 4);
        var covered = Tight.Cover(face, 100, 100)!;
        Method(generator).Apply(picture, covered.Region, covered.Mask);
        Assert.Equal(face.Landmarks!.Points.Select(point => (point - new Vector2(6, 6)) * 64 / 68), points);
    }

    [Fact]
    public void Of_a_bodys_points_none_is_known_and_of_a_face_those_that_coco_has()
    {
        var (frame, size) = (new PixelRect(0, 0, 64, 64), new PixelSize(64, 64));
        Assert.All(CropKeypoints.Of(Somebody(new Box(10, 10, 50, 60), RegionKind.Body), 17, frame, size), point => Assert.True(float.IsNaN(point.X)));
        var five = CropKeypoints.Of(Somebody(new Box(10, 10, 50, 60)), 5, frame, size);
        var seventeen = CropKeypoints.Of(Somebody(new Box(10, 10, 50, 60)), 17, frame, size);
        Assert.Equal([five[2], five[1], five[0]], seventeen.Take(3));
        Assert.True(seventeen.Skip(3).All(point => float.IsNaN(point.Y)));
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(1, 2)]
    public void A_body_too_small_to_paint_is_filled_all_the_same(int width, int height)
    {
        using var picture = new PixelBuffer(40, 40, PixelFormat.Rgb24);
        picture.Span.Fill(90);
        var covered = Tight.Cover(Somebody(new Box(10, 10, 10 + width, 10 + height), RegionKind.Body), 40, 40)!;
        for (var y = 10; y < 10 + height; y++)
        {
            picture.Row(y).Slice(30, 3 * width).Fill(255);
        }

        var generator = DrawnGenerator.Create(160, 288) with { Paint = (_, _, _, _) => throw new InvalidOperationException("painted") };
        Method(generator).Apply(picture, covered.Region, covered.Mask);
        Assert.Equal(-1, picture.Span.IndexOfAnyExcept((byte)90));
    }

    [Fact]
    public void A_latent_that_fits_the_tone_is_found_and_stays_along_a_track()
    {
        var options = new SyntheticOptions { Generator = "own", Histogram = HistogramMatching.Latent };
        var latents = new List<ImmutableArray<float>>();
        var generator = DrawnGenerator.Create(48, 48, latent: 4) with
        {
            Paint = (crop, hole, latent, points) =>
            {
                latents.Add(latent);
                return DrawnGenerator.Paint(crop, hole, latent, points);
            },
        };
        using var picture = Dark(60);
        var covered = Tight.Cover(Somebody(new Box(30, 30, 70, 70)) with { Track = 7 }, 100, 100)!;
        var film = (SceneAnonymizer)Method(generator, options).ForFilm();
        using var first = picture.Clone();
        film.Apply(first, covered.Region, covered.Mask);
        var (tried, chosen) = (latents.Count, latents[^1]);
        Assert.InRange(tried, 3, LatentSearch.MostSteps + 2);
        Assert.InRange(first.Row(40)[3 * 40], 60, 160);

        using var next = Dark(200);
        film.Apply(next, covered.Region, covered.Mask);
        Assert.Equal(tried + 1, latents.Count);
        Assert.Equal(chosen, latents[^1]);

        // What is kept is forgotten when its track was not seen for a while; people have numbers of their own.
        latents.Clear();
        var other = covered with { Region = covered.Region with { Track = null, Person = 7 } };
        for (var i = 0; i <= TrackMemory<object>.Patience; i++)
        {
            film.Apply(next, other.Region, other.Mask);
        }

        Assert.InRange(latents.Count, TrackMemory<object>.Patience + 2, TrackMemory<object>.Patience + LatentSearch.MostSteps + 2);
        latents.Clear();
        film.Apply(next, covered.Region, covered.Mask);
        Assert.InRange(latents.Count, 3, LatentSearch.MostSteps + 2);
    }

    [Fact]
    public void The_ad_hoc_match_gives_a_painted_face_the_originals_brightness()
    {
        using var plain = Dark(60);
        using var matched = plain.Clone();
        var covered = Tight.Cover(Somebody(new Box(30, 30, 70, 70)), 100, 100)!;
        Method(DrawnGenerator.Create(64, 64), new SyntheticOptions { Generator = "own", Truncation = 0 }).Apply(plain, covered.Region, covered.Mask);
        Method(DrawnGenerator.Create(64, 64), new SyntheticOptions { Generator = "own", Truncation = 0, Histogram = HistogramMatching.AdHoc }).Apply(matched, covered.Region, covered.Mask);
        Assert.InRange(plain.Row(40)[3 * 40], 180, 190);
        Assert.InRange(matched.Row(40)[3 * 40], 50, 120);
    }

    [Fact]
    public void A_generator_without_a_latent_cannot_be_searched()
    {
        var error = Assert.Throws<VeilException>(() => Method(DrawnGenerator.Create(latent: 0), new SyntheticOptions { Generator = "own", Histogram = HistogramMatching.Latent }));
        Assert.Equal(VeilErrorCode.InvalidOption, error.Code);
    }

    [Fact]
    public void What_is_no_picture_of_the_crops_size_is_an_error_and_the_picture_stays()
    {
        using var picture = NoisePicture.Draw(100, 100, 5);
        using var before = picture.Clone();
        var covered = Tight.Cover(Somebody(new Box(30, 30, 70, 70)), 100, 100)!;
        var generator = DrawnGenerator.Create() with { Paint = (_, _, _, _) => new PixelBuffer(3, 3, PixelFormat.Rgb24) };
        Assert.Equal(VeilErrorCode.AnonymizationFailed, Assert.Throws<VeilException>(() => Method(generator).Apply(picture, covered.Region, covered.Mask)).Code);
        Assert.True(before.Span.SequenceEqual(picture.Span));
    }

    [Fact]
    public void A_face_in_a_body_is_painted_with_it()
    {
        var painted = 0;
        var generator = DrawnGenerator.Create(40, 72) with
        {
            Paint = (crop, hole, latent, points) =>
            {
                painted++;
                Assert.NotEqual(0, hole[20, 10]);
                return DrawnGenerator.Paint(crop, hole, latent, points);
            },
        };
        using var picture = NoisePicture.Draw(100, 120, 8);
        using var other = NoisePicture.Draw(100, 120, 9);
        CoveredRegion[] covered = [Tight.Cover(Somebody(new Box(30, 30, 70, 110), RegionKind.Body), 100, 120)!, Tight.Cover(Somebody(new Box(40, 24, 60, 50)), 100, 120)!];
        for (var y = 0; y < 120; y++)
        {
            for (var x = 0; x < 100; x++)
            {
                if (covered.All(one => one.Mask[x, y] == 0))
                {
                    picture.Row(y).Slice(3 * x, 3).CopyTo(other.Row(y)[(3 * x)..]);
                }
            }
        }

        Method(generator).Apply(picture, covered, []);
        Method(generator).Apply(other, covered, []);
        Assert.Equal(2, painted);
        Assert.True(picture.Span.SequenceEqual(other.Span));
    }

    [Fact]
    public void Histograms_of_faces_from_a_bank_are_refused()
    {
        var catalog = Catalog(DrawnGenerator.Create());
        var error = Assert.Throws<VeilException>(() => catalog.Find("synthetic").Create(new SyntheticOptions { Histogram = HistogramMatching.AdHoc }));
        Assert.Equal(VeilErrorCode.InvalidOption, error.Code);
    }

    [Fact]
    public void Both_histogram_matches_say_what_they_keep()
    {
        var method = Catalog(DrawnGenerator.Create()).Find("synthetic");
        Assert.Null(method.Assess(new SyntheticOptions { Generator = "own" }));
        Assert.NotNull(method.Assess(new SyntheticOptions { Generator = "own", Histogram = HistogramMatching.AdHoc }));
        Assert.NotNull(method.Assess(new SyntheticOptions { Generator = "own", Histogram = HistogramMatching.Latent }));
        Assert.Equal(["own"], method.Files(new SyntheticOptions { Generator = "own" }));
    }

    private static SceneAnonymizer Method(CropGenerator generator, SyntheticOptions? options = null) =>
        (SceneAnonymizer)Catalog(generator).Find("synthetic").Create(options ?? new SyntheticOptions { Generator = "own" });

    private static AnonymizerCatalog Catalog(CropGenerator generator) => new(new MethodEngines
    {
        Stickers = _ => new PixelBuffer(1, 1, PixelFormat.Rgba32),
        OpenGenerator = file => file == "own" ? generator : throw new ArgumentException(file),
    });

    private static Region Somebody(Box box, RegionKind kind = RegionKind.Face) => new(box, kind, 1, new RegionOrigin(RegionSource.Hand));

    /// <summary>Bright, with a dark square in the middle.</summary>
    private static PixelBuffer Dark(byte tone)
    {
        var picture = new PixelBuffer(100, 100, PixelFormat.Rgb24);
        picture.Span.Fill(190);
        for (var y = 30; y < 70; y++)
        {
            picture.Row(y).Slice(90, 120).Fill(tone);
        }

        return picture;
    }
}
