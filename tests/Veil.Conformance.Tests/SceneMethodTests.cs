using Veil.Anonymization;
using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Conformance.Tests;

/// <summary>What methods promise that see all regions of a picture at once.</summary>
public sealed class SceneMethodTests
{
    public static TheoryData<string> Scenes => [.. Methods.Catalog.All.Where(method => (method.Needs & (MethodNeeds.FacesOnly | MethodNeeds.PeopleOnly)) != 0).Select(method => method.Id)];

    [Theory]
    [MemberData(nameof(Scenes))]
    public void Regions_that_are_not_what_it_is_for_are_refused_and_the_picture_stays(string id)
    {
        RegionKind[] others = Methods.Catalog.Find(id).Needs.HasFlag(MethodNeeds.FacesOnly) ? [RegionKind.Image, RegionKind.Plate, RegionKind.Body] : [RegionKind.Image, RegionKind.Plate];
        foreach (var kind in others)
        {
            using var picture = TestPictures.Noise(40, 30, PixelFormat.Rgb24, seed: 2);
            using var before = picture.Clone();
            var face = TestRegions.Middle(20, 20);
            var other = new CoveredRegion(face.Region with { Kind = kind, Box = face.Region.Box.Offset(20, 0) }, RegionMask.Full(new PixelRect(22, 0, 40, 20)));
            var error = Assert.Throws<VeilException>(() => Whole(id).Apply(picture, [face, other], []));
            Assert.Equal(VeilErrorCode.AnonymizationFailed, error.Code);
            Assert.Equal(TestPictures.Bytes(before), TestPictures.Bytes(picture));
        }
    }

    [Theory]
    [MemberData(nameof(Scenes))]
    public void Two_regions_are_covered_and_nothing_else_changes(string id)
    {
        foreach (var format in Enum.GetValues<PixelFormat>())
        {
            using var picture = TestPictures.Noise(90, 50, format, seed: 4);
            using var before = picture.Clone();
            CoveredRegion[] covered =
            [
                new RegionPolicy().Cover(TestRegions.Face(new Box(6, 8, 34, 42)), 90, 50)!,
                new RegionPolicy().Cover(TestRegions.Face(new Box(55, 10, 80, 44)), 90, 50)!,
            ];
            Whole(id).Apply(picture, covered, []);
            var (same, changed) = (0, 0);
            for (var y = 0; y < 50; y++)
            {
                var bytes = format.BytesPerPixel();
                for (var x = 0; x < 90; x++)
                {
                    var equal = before.Row(y).Slice(x * bytes, bytes).SequenceEqual(picture.Row(y).Slice(x * bytes, bytes));
                    if (covered.All(one => one.Mask[x, y] == 0))
                    {
                        Assert.True(equal, $"({x}, {y}) of {format}");
                    }
                    else if (covered.Any(one => one.Mask[x, y] == 255))
                    {
                        (same, changed) = equal ? (same + 1, changed) : (same, changed + 1);
                    }
                }
            }

            Assert.True(changed > 20 * same, $"{same} of {same + changed} covered pixels are as they were in {format}");
        }
    }

    private static IPictureAnonymizer Whole(string id)
    {
        var method = Methods.Catalog.Find(id);
        var pairs = MethodOptionsBinder.Describe(method).Where(option => option.Name == "gallery").Select(option => KeyValuePair.Create(option.Name, "drawn"));
        return (IPictureAnonymizer)method.Create(MethodOptionsBinder.Bind(method, pairs));
    }
}
