using Veil.Detection;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Core.Tests.Detection;

public sealed class UnionDetectorOfPeopleTests
{
    private static readonly Box Front = new(0, 0, 40, 100);
    private static readonly Box Behind = new(14, 0, 54, 100);

    [Fact]
    public void People_whom_one_detector_tells_apart_stay_apart() =>
        Assert.Equal(2, Detect([Body(Front, 0.9f), Body(Front.Offset(6, 0), 0.8f)], []).Count);

    [Fact]
    public void Somebody_before_somebody_else_does_not_replace_them() => Assert.Equal(2, Detect([Body(Front, 0.9f)], [Body(Behind, 0.8f)]).Count);

    [Fact]
    public void What_two_detectors_agree_on_is_there_once() => Assert.Single(Detect([Body(Front, 0.9f)], [Body(Front.Offset(1, 0), 0.8f)]));

    private static IReadOnlyList<Region> Detect(params Region[][] found)
    {
        using var image = new PixelBuffer(60, 100, PixelFormat.Rgb24);
        using var union = new UnionDetector([.. found.Select(regions => new Fixed(regions))]);
        return union.Detect(image, CancellationToken.None);
    }

    private static Region Body(Box box, float score) => new(box, RegionKind.Body, score, new RegionOrigin(RegionSource.Detector, "test"));

    private sealed class Fixed(IReadOnlyList<Region> regions) : IRegionDetector
    {
        public IReadOnlyList<Region> Detect(PixelBuffer image, CancellationToken cancellationToken) => regions;

        public void Dispose()
        {
        }
    }
}
