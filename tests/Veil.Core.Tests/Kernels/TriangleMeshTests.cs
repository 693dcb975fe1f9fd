using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Veil.Kernels;

namespace Veil.Core.Tests.Kernels;

public sealed class TriangleMeshTests
{
    [Fact]
    public void Triangles_fill_the_rectangle_have_every_point_and_no_point_in_their_circle() =>
        Prop.ForAll(Points(-3, 33).ToArbitrary(), points =>
        {
            var triangles = Delaunay.Triangulate(points, 0, 0, 30, 25);
            (int X, int Y)[] all = [.. points, (0, 0), (30, 0), (30, 25), (0, 25)];
            long area = 0;
            for (var i = 0; i < triangles.Length; i += 3)
            {
                var (a, b, c) = (all[triangles[i]], all[triangles[i + 1]], all[triangles[i + 2]]);
                var twice = Delaunay.Cross(a, b, c);
                Assert.True(twice > 0);
                area += twice;
                Assert.All(triangles.Select(index => all[index]).Distinct(), point => Assert.False(IsInCircle(a, b, c, point)));
            }

            Assert.Equal(2 * 30 * 25, area);
            var inside = points.Where(point => point.X is > 0 and < 30 && point.Y is > 0 and < 25).Distinct();
            Assert.Subset(triangles.Select(index => all[index]).ToHashSet(), inside.ToHashSet());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_pixel_is_drawn_once() =>
        Prop.ForAll(Points(0, 40 * 16).ToArbitrary(), points =>
        {
            const int side = 40;
            var mesh = TriangleMesh.Over([.. points.Select(point => new Vector2(point.X / 16f, point.Y / 16f))], 0, 0, side, side);
            var target = new byte[side * side * 3];
            MeshWarp.Apply([9, 9, 9], 3, 1, 1, target, side * 3, side, side, mesh, new Vector2[mesh.Count]);
            Assert.All(target, value => Assert.Equal(9, value));
            for (var y = 0; y < side; y++)
            {
                for (var x = 0; x < side; x++)
                {
                    var centre = ((x * 16) + 8, (y * 16) + 8);
                    var inner = Enumerable.Range(0, mesh.Triangles.Length / 3).Count(i =>
                        Enumerable.Range(0, 3).All(edge => Delaunay.Cross(mesh.Grid[mesh.Triangles[(3 * i) + edge]], mesh.Grid[mesh.Triangles[(3 * i) + ((edge + 1) % 3)]], centre) > 0));
                    Assert.True(inner <= 1);
                }
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_unchanged_mesh_leaves_every_pixel_as_it_is()
    {
        var picture = TestPicture.Random(53, 41, 3, 5, 3);
        var mesh = TriangleMesh.Over([new(10.3f, 11.7f), new(40.01f, 9.6f), new(25, 33.3f), new(25.02f, 33.31f), new(-5, 3), new(float.NaN, 1)], -1, -1, 54, 42);
        var target = new byte[53 * 41 * 3];
        MeshWarp.Apply(picture.Pixels, picture.Stride, 53, 41, target, 53 * 3, 53, 41, mesh, mesh.Points.AsSpan());
        for (var y = 0; y < 41; y++)
        {
            Assert.Equal(picture.Pixels.AsSpan(y * picture.Stride, 53 * 3).ToArray(), target.AsSpan(y * 53 * 3, 53 * 3).ToArray());
        }
    }

    [Fact]
    public void Points_moved_by_one_affine_map_draw_what_the_map_draws()
    {
        var picture = TestPicture.Random(60, 50, 3, 0, 4);
        var map = Matrix3x2.CreateRotation(0.3f) * Matrix3x2.CreateScale(0.8f, 1.1f) * Matrix3x2.CreateTranslation(9.3f, -4.1f);
        var mesh = TriangleMesh.Over([new(10, 11), new(30, 9), new(22, 33), new(35, 30)], 0, 0, 40, 40);
        var target = new byte[40 * 40 * 3];
        MeshWarp.Apply(picture.Pixels, picture.Stride, 60, 50, target, 120, 40, 40, mesh, [.. mesh.Points.Select(point => Vector2.Transform(point, map))]);
        for (var i = 0; i < 40 * 40; i++)
        {
            var place = Vector2.Transform(new Vector2((i % 40) + 0.5f, (i / 40) + 0.5f), map);
            for (var c = 0; c < 3; c++)
            {
                Assert.InRange(target[(i * 3) + c], Bilinear(picture, place, c) - 1, Bilinear(picture, place, c) + 1);
            }
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var mesh = TriangleMesh.Over([], 0, 0, 4, 4);
        Assert.Throws<ArgumentException>(() => MeshWarp.Apply(new byte[3], 3, 1, 1, new byte[3], 3, 1, 1, mesh, new Vector2[3]));
        Assert.Throws<ArgumentException>(() => MeshWarp.Apply(new byte[2], 3, 1, 1, new byte[3], 3, 1, 1, mesh, new Vector2[4]));
        Assert.Throws<ArgumentException>(() => TriangleMesh.Over([], 0, 0, 0, 4));
        Assert.Throws<ArgumentException>(() => TriangleMesh.Over([], 0, 0, int.MaxValue, 4));
    }

    private static Gen<(int X, int Y)[]> Points(int from, int to) =>
        Gen.Choose(from, to).Two().Select(pair => (pair.Item1, pair.Item2)).ArrayOf().Select(points => points.Take(60).ToArray());

    private static bool IsInCircle((int X, int Y) a, (int X, int Y) b, (int X, int Y) c, (int X, int Y) p)
    {
        decimal[] row(( int X, int Y) q) => [q.X - p.X, q.Y - p.Y, ((q.X - p.X) * (q.X - p.X)) + ((q.Y - p.Y) * (q.Y - p.Y))];
        var (m, n, o) = (row(a), row(b), row(c));
        return (m[0] * ((n[1] * o[2]) - (n[2] * o[1]))) - (m[1] * ((n[0] * o[2]) - (n[2] * o[0]))) + (m[2] * ((n[0] * o[1]) - (n[1] * o[0]))) > 0;
    }

    private static double Bilinear(TestPicture picture, Vector2 place, int channel)
    {
        var (x, y) = (Math.Clamp(place.X - 0.5, 0, 59), Math.Clamp(place.Y - 0.5, 0, 49));
        var (left, top) = ((int)x, (int)y);
        double at(int column, int row) => picture.Pixels[(Math.Min(row, 49) * picture.Stride) + (Math.Min(column, 59) * 3) + channel];
        var (u, v) = (x - left, y - top);
        return (at(left, top) * (1 - u) * (1 - v)) + (at(left + 1, top) * u * (1 - v)) + (at(left, top + 1) * (1 - u) * v) + (at(left + 1, top + 1) * u * v);
    }
}
