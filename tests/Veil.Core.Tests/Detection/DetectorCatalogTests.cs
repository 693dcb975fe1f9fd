using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Veil.Detection;
using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Core.Tests.Detection;

public sealed class DetectorCatalogTests
{
    private static readonly DetectorDescriptor Plain = new("plain", "Plain", [RegionKind.Face], ["a"], _ => new Fixed("plain", 1));

    private static readonly DetectorDescriptor Tuned = DetectorDescriptor.Of<Tuning>(
        "tuned", "Tuned", [RegionKind.Face], ["a", "b"], (_, tuning) => new Fixed("tuned", tuning.Stages));

    private static readonly DetectorCatalog Catalog = new([Plain, Tuned]);

    [Fact]
    public void An_unknown_id_lists_the_known_ones()
    {
        var error = Assert.Throws<VeilException>(() => Catalog.Find("other"));
        Assert.Equal(VeilErrorCode.InvalidOption, error.Code);
        Assert.Contains("plain, tuned", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_reach_the_detector_and_its_union_and_leave_the_catalogue_alone()
    {
        var set = DetectorTuningBinder.Bind(Catalog.Find("tuned"), [new("Stages", "4")]);
        var union = DetectorCatalog.Unite([Plain, set]);
        using var detector = union.Create(new DetectorOptions());
        using var image = new PixelBuffer(8, 8, PixelFormat.Rgb24);

        Assert.Equal(4, detector.Detect(image, CancellationToken.None).Single(region => region.Origin.Name == "tuned").Box.Left);
        Assert.Equal(new Tuning(), Catalog.Find("tuned").Tuning);
        Assert.Equal("plain+tuned", union.Id);
        Assert.Equal(["a", "b"], union.Models);
        Assert.Equal([new("stages", "4")], DetectorTuningBinder.Write(union.Parts[1]));
        Assert.Same(Plain, DetectorCatalog.Unite([Plain]));
    }

    [Fact]
    public void Settings_are_described_and_wrong_ones_refused()
    {
        Assert.Equal(new("stages", "integer", "1..9", "2", "how many"), Assert.Single(DetectorTuningBinder.Describe(Tuned)));
        Assert.Empty(DetectorTuningBinder.Describe(Plain));
        foreach (var (detector, name, value) in new[] { (Tuned, "stages", "10"), (Tuned, "stages", "x"), (Tuned, "stage", "1"), (Plain, "stages", "1") })
        {
            Assert.Equal(VeilErrorCode.InvalidOption, Assert.Throws<VeilException>(() => DetectorTuningBinder.Bind(detector, [new(name, value)])).Code);
        }

        Assert.Throws<ArgumentException>(() => Plain.With(new Tuning()));
        Assert.Throws<ArgumentException>(() => Tuned.With(new OtherTuning()));
    }

    [Fact]
    public void A_union_lacks_what_a_part_lacks()
    {
        var broken = Tuned with { Requires = _ => throw new VeilException(VeilErrorCode.MissingNative, "no library") };
        Plain.EnsureUsable();
        Assert.Throws<VeilException>(() => DetectorCatalog.Unite([Plain, broken]).EnsureUsable());
    }

    private sealed record Tuning : DetectorTuning
    {
        [Range(1, 9)]
        [Description("how many")]
        public int Stages { get; init; } = 2;
    }

    private sealed record OtherTuning : DetectorTuning;

    private sealed class Fixed(string name, int left) : IRegionDetector
    {
        public IReadOnlyList<Region> Detect(PixelBuffer image, CancellationToken cancellationToken) =>
            [new Region(Box.FromSize(left, 0, 1, 1), RegionKind.Face, 0.5f, new RegionOrigin(RegionSource.Detector, name))];

        public void Dispose()
        {
        }
    }
}
