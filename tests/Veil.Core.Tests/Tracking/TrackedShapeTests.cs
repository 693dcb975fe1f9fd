using System.Numerics;
using Veil.Regions;
using Veil.Tracking;

namespace Veil.Tests.Tracking;

public sealed class TrackedShapeTests
{
    private static readonly TrackingPolicy Policy = new() { DetectEvery = 1 };
    private readonly Film _film = new(240, 96, 48);

    [Fact]
    public void A_mask_moves_with_its_body_between_detections_and_gives_way_to_the_box_where_nobody_looked()
    {
        // Nobody looks in every third frame, nor in a long stretch.
        var taken = Film.Track(Policy, frame => frame % 3 == 1 || frame is > 20 and < 32 ? null : [Body(frame)], frame => _film.Frame(frame));

        for (var frame = 0; frame < Film.Length - 2; frame++)
        {
            var body = Assert.Single(taken[frame]);
            var covered = RegionPolicies.Default.Cover(body, 240, 96)!;
            if (frame is > 20 and < 32)
            {
                Assert.Null(body.Mask);
                Assert.Equal(255, covered.Mask[(int)_film.Place(frame).Left, (int)_film.Place(frame).Top]);
            }
            else
            {
                Assert.True(body.Mask is not null, $"no mask in frame {frame}");
            }

            foreach (var (x, y) in Points(frame))
            {
                Assert.Equal(255, covered.Mask[x, y]);
            }
        }
    }

    [Fact]
    public void Regions_of_different_kinds_in_one_place_stay_different_tracks()
    {
        var taken = Film.Track(
            Policy, frame => frame % 4 == 3 ? [] : [Body(frame), _film.Found(frame) with { Box = _film.Place(frame).Grow(-0.05f) }], frame => _film.Frame(frame));

        Assert.All(taken, regions => Assert.Equal([RegionKind.Face, RegionKind.Body], regions.Select(region => region.Kind).Order()));
        Assert.Equal(2, taken.SelectMany(regions => regions).Select(region => (region.Track, region.Kind)).Distinct().Count());
    }

    [Fact]
    public void An_outline_between_two_detections_contains_both_moved()
    {
        var taken = Film.Track(
            Policy, frame => frame % 2 == 1 ? null : [Sign(frame)], frame => _film.Frame(frame));

        Assert.Equal(Sign(10).Outline.ToArray(), taken[10][0].Outline.ToArray());
        var covered = new RegionPolicy { Shape = RegionShape.Outline, Growth = 0, SoftEdge = 0 }.Cover(taken[11][0], 240, 96)!.Mask;
        foreach (var point in Sign(10).Outline.Select(point => point with { X = point.X + 2 }).Concat(Sign(12).Outline.Select(point => point with { X = point.X - 2 })))
        {
            // The corners themselves lie on pixels' edges.
            var inside = Vector2.Lerp(point, new Vector2(_film.Place(11).CenterX, _film.Place(11).CenterY), 0.05f);
            Assert.True(covered[(int)inside.X, (int)inside.Y] == 255, $"{point}");
        }
    }

    private Region Body(int frame)
    {
        var place = _film.Place(frame).ToPixels();
        var coverage = new byte[place.Width * place.Height];
        for (var y = 0; y < place.Height; y++)
        {
            // Narrow above, wide below.
            var half = 4 + (y / 3);
            coverage.AsSpan((y * place.Width) + (place.Width / 2) - half, 2 * half).Fill(255);
        }

        return _film.Found(frame) with { Kind = RegionKind.Body, Mask = new RegionMask(place, coverage) };
    }

    private Region Sign(int frame)
    {
        var box = _film.Place(frame);
        var turn = frame % 4 == 0 ? 0 : 6;
        return _film.Found(frame) with
        {
            Kind = RegionKind.Plate,
            Outline = [new(box.Left + turn, box.Top), new(box.Right, box.Top + turn), new(box.Right - turn, box.Bottom), new(box.Left, box.Bottom - turn)],
        };
    }

    private IEnumerable<(int X, int Y)> Points(int frame)
    {
        var mask = Body(frame).Mask!;
        for (var y = mask.Bounds.Top; y < mask.Bounds.Bottom; y += 3)
        {
            for (var x = mask.Bounds.Left; x < mask.Bounds.Right; x += 3)
            {
                if (mask[x, y] != 0)
                {
                    yield return (x, y);
                }
            }
        }
    }
}
