using Veil.Detection;
using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;
using Veil.Vision.Plates;

namespace Veil.Vision.Tests.Plates;

public class PlateDetectorsTests
{
    [DataFact("plates")]
    public void A_plate_straight_ahead_is_found()
    {
        if (!PlateDetectors.ArePresent)
        {
            return;
        }

        using var picture = Picture.Decode(File.ReadAllBytes(SharedData.Path("plates", "images", "plate-055.jpg")));
        using var pixels = picture.TakeFrame(0);
        using var detector = PlateDetectors.Describe().Create(new DetectorOptions());
        var found = detector.Detect(pixels, CancellationToken.None);
        var marked = new Box(540, 505, 749, 569);
        Assert.Contains(found, region => region.Kind == RegionKind.Plate && region.Origin.Name == "plate-cascade" && region.Box.IoU(marked) > 0.3f);
    }

    [VisionFact]
    public void Settings_out_of_range_are_refused() =>
        Assert.Equal(VeilErrorCode.InvalidOption, Assert.Throws<VeilException>(() => PlateDetectors.Describe().With(new PlateCascadeTuning { ScaleFactor = 1 })).Code);

    [VisionTheory]
    [InlineData(1, 1)]
    [InlineData(1, 500)]
    [InlineData(900, 3)]
    public void Odd_pictures_hold_none(int width, int height)
    {
        using var picture = new PixelBuffer(width, height, PixelFormat.Rgb24);
        using var detector = PlateDetectors.Describe().Create(new DetectorOptions());
        Assert.Empty(detector.Detect(picture, CancellationToken.None));
    }
}
