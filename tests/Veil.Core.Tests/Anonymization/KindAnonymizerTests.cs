using FsCheck;
using FsCheck.Fluent;
using Veil.Anonymization;
using Veil.Anonymization.Methods;
using Veil.Core.Tests.Anonymization.Methods;
using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Core.Tests.Anonymization;

public sealed class KindAnonymizerTests
{
    private const int Columns = 160;
    private const int Rows = 120;

    private static readonly RegionKind[] Kinds = [RegionKind.Body, RegionKind.Head, RegionKind.Face, RegionKind.Plate, RegionKind.Text];
    private static readonly IAnonymizer Inpaint = InpaintAnonymizer.Describe(Engines(6)).Create();
    private static readonly IAnonymizer Solid = SolidAnonymizer.Describe().Create();

    private static Gen<List<(RegionKind Kind, Box Box)>> Scenes =>
        from count in Gen.Choose(1, 7)
        from regions in Gen.ListOf(
            from kind in Gen.Elements(Kinds)
            from left in Gen.Choose(-20, Columns - 5)
            from top in Gen.Choose(-20, Rows - 5)
            from width in Gen.Choose(4, 60)
            from height in Gen.Choose(4, 60)
            select (kind, Box.FromSize(left, top, width, height)), count)
        select regions.ToList();

    [Fact]
    public void What_is_hidden_by_any_kind_reaches_no_pixel_whichever_kinds_are_filled_from_around_them() => Prop.ForAll(
        Scenes.Zip(Gen.ListOf(Gen.Elements(Inpaint, InpaintAnonymizer.Describe(Engines(3)).Create(), Solid), Kinds.Length)).ToArbitrary(),
        drawn =>
        {
            var (scene, methods) = drawn;
            var covered = Cover(scene);
            using var one = NoisePicture.Draw(Columns, Rows, 1);
            using var other = NoisePicture.Draw(Columns, Rows, 2);
            Copy(one, other, (x, y) => covered.TrueForAll(region => region.Mask[x, y] != 255));
            var method = new KindAnonymizer(Kinds.Zip(methods).ToDictionary(pair => pair.First, pair => pair.Second));
            method.Apply(one, covered, []);
            method.Apply(other, covered, []);
            return one.Span.SequenceEqual(other.Span);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void Outside_every_region_no_pixel_changes_and_inside_all_are_rewritten_whatever_the_order_of_regions() => Prop.ForAll(
        Scenes.ToArbitrary(),
        scene =>
        {
            var covered = Cover(scene);
            using var before = NoisePicture.Draw(Columns, Rows, 3);
            using var after = before.Clone();
            using var turned = before.Clone();
            var method = new KindAnonymizer(Kinds.ToDictionary(kind => kind, kind => kind == RegionKind.Body ? Inpaint : SolidAnonymizer.Describe().Create(new SolidOptions { Color = new Rgb((byte)kind, 1, 2) })));
            method.Apply(after, covered, []);
            method.Apply(turned, [.. covered.GroupBy(region => region.Region.Kind).Reverse().SelectMany(kind => kind)], []);
            return after.Span.SequenceEqual(turned.Span) && Pixels().All(at =>
                covered.TrueForAll(region => region.Mask[at.X, at.Y] == 0) == before.Row(at.Y).Slice(at.X * 3, 3).SequenceEqual(after.Row(at.Y).Slice(at.X * 3, 3))
                || covered.TrueForAll(region => region.Mask[at.X, at.Y] is > 0 and < 255 or 0));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void A_face_lies_over_its_body_and_text_over_both()
    {
        var covered = Cover([(RegionKind.Text, new Box(70, 60, 90, 70)), (RegionKind.Face, new Box(60, 40, 100, 80)), (RegionKind.Body, new Box(20, 10, 140, 110))]);
        using var picture = NoisePicture.Draw(Columns, Rows, 4);

        new KindAnonymizer(new Dictionary<RegionKind, IAnonymizer> { [RegionKind.Body] = Painted(1), [RegionKind.Face] = Painted(2), [RegionKind.Text] = Painted(3) }).Apply(picture, covered, []);

        Assert.Equal([1, 2, 3], [picture.Row(60)[25 * 3], picture.Row(40)[80 * 3], picture.Row(65)[80 * 3]]);
    }

    [Fact]
    public void What_lies_in_a_removed_body_is_removed_with_it_and_what_only_touches_it_is_not()
    {
        var covered = Cover([(RegionKind.Face, new Box(60, 30, 90, 60)), (RegionKind.Body, new Box(50, 25, 100, 110)), (RegionKind.Text, new Box(95, 50, 140, 60)), (RegionKind.Head, new Box(60, 70, 80, 90))]);
        using var both = NoisePicture.Draw(Columns, Rows, 8);
        using var alone = both.Clone();
        var solid = Painted(200);

        new KindAnonymizer(new Dictionary<RegionKind, IAnonymizer> { [RegionKind.Body] = Inpaint, [RegionKind.Face] = solid, [RegionKind.Head] = solid, [RegionKind.Text] = solid }).Apply(both, covered, []);
        ((IPictureAnonymizer)Inpaint).Apply(alone, [covered[1], covered[3], covered[0]], [covered[2]]);

        Assert.Equal(200, both.Row(55)[96 * 3]);
        solid.Apply(alone, covered[2].Region, covered[2].Mask);
        Assert.True(alone.Span.SequenceEqual(both.Span));
    }

    [Fact]
    public void Kinds_with_one_method_are_seen_together_and_the_others_are_pending()
    {
        var (shared, other) = (new Recording(), new Recording());
        var covered = Cover([(RegionKind.Text, new Box(5, 5, 20, 20)), (RegionKind.Head, new Box(40, 5, 70, 40)), (RegionKind.Body, new Box(30, 10, 90, 100))]);
        using var picture = NoisePicture.Draw(Columns, Rows, 5);

        new KindAnonymizer(new Dictionary<RegionKind, IAnonymizer> { [RegionKind.Body] = shared, [RegionKind.Head] = other, [RegionKind.Text] = shared }).Apply(picture, covered, [covered[0]]);

        Assert.Equal("body text | head text", Assert.Single(shared.Calls));
        Assert.Equal("head | text", Assert.Single(other.Calls));
    }

    [Fact]
    public void What_it_says_it_reads_is_what_its_methods_say()
    {
        var covered = Cover([(RegionKind.Face, new Box(5, 5, 20, 20)), (RegionKind.Body, new Box(30, 10, 90, 100))]);
        var method = new KindAnonymizer(new Dictionary<RegionKind, IAnonymizer> { [RegionKind.Body] = Inpaint, [RegionKind.Face] = Solid });

        Assert.Equal([Inpaint.Reads(covered[1].Region, covered[1].Mask), covered[0].Mask.Bounds], method.ReadsFor(covered));
        Assert.Equal(covered[0].Mask.Bounds, method.Reads(covered[0].Region, covered[0].Mask));
    }

    [Fact]
    public void A_kind_without_a_method_is_an_error_and_nothing_is_drawn()
    {
        var covered = Cover([(RegionKind.Body, new Box(30, 10, 90, 100)), (RegionKind.Plate, new Box(5, 5, 20, 20))]);
        using var picture = NoisePicture.Draw(Columns, Rows, 6);
        using var before = picture.Clone();

        var error = Assert.Throws<VeilException>(() => new KindAnonymizer(new Dictionary<RegionKind, IAnonymizer> { [RegionKind.Body] = Solid }).Apply(picture, covered, []));

        Assert.Equal(VeilErrorCode.AnonymizationFailed, error.Code);
        Assert.Contains("plates", error.Message, StringComparison.Ordinal);
        Assert.True(before.Span.SequenceEqual(picture.Span));
    }

    [Fact]
    public void A_film_makes_each_shared_method_once_more()
    {
        var shared = new Recording();
        var film = Assert.IsType<KindAnonymizer>(new KindAnonymizer(new Dictionary<RegionKind, IAnonymizer> { [RegionKind.Body] = shared, [RegionKind.Head] = shared }).ForFilm());
        using var picture = NoisePicture.Draw(Columns, Rows, 7);

        film.Apply(picture, Cover([(RegionKind.Head, new Box(40, 5, 70, 40)), (RegionKind.Body, new Box(30, 10, 90, 100))]), []);

        Assert.Empty(shared.Calls);
        Assert.Equal(1, shared.Films);
        Assert.Equal(["said"], film.Remarks);
    }

    private static IAnonymizer Painted(byte colour) => SolidAnonymizer.Describe().Create(new SolidOptions { Color = new Rgb(colour, colour, colour) });

    private static MethodEngines Engines(int reach) => new()
    {
        Stickers = _ => throw new VeilException(VeilErrorCode.InvalidOption, "none"),
        MiGan = () => FakeInpainting.Local(reach),
    };

    private static List<CoveredRegion> Cover(IEnumerable<(RegionKind Kind, Box Box)> scene) => [.. scene
        .Select(one => RegionPolicies.Default.Cover(new Region(one.Box, one.Kind, 1, new RegionOrigin(RegionSource.Hand)), Columns, Rows))
        .OfType<CoveredRegion>()];

    private static IEnumerable<(int X, int Y)> Pixels() => Enumerable.Range(0, Rows).SelectMany(y => Enumerable.Range(0, Columns).Select(x => (x, y)));

    private static void Copy(PixelBuffer from, PixelBuffer to, Func<int, int, bool> where)
    {
        foreach (var (x, y) in Pixels().Where(at => where(at.X, at.Y)))
        {
            from.Row(y).Slice(x * 3, 3).CopyTo(to.Row(y)[(x * 3)..]);
        }
    }

    private sealed class Recording : IPictureAnonymizer
    {
        public List<string> Calls { get; } = [];

        public int Films { get; private set; }

        public IReadOnlyList<string> Remarks => ["said"];

        public void Apply(PixelBuffer image, Region region, RegionMask mask) => throw new InvalidOperationException("Expected all regions at once.");

        public void Apply(PixelBuffer image, IReadOnlyList<CoveredRegion> covered, IReadOnlyList<CoveredRegion> pending) =>
            Calls.Add($"{Names(covered)} | {Names(pending)}");

        public IAnonymizer ForFilm()
        {
            Films++;
            return new Recording();
        }

        private static string Names(IReadOnlyList<CoveredRegion> regions) => string.Join(' ', regions.Select(one => RegionJson.NameOf(one.Region.Kind)));
    }
}
