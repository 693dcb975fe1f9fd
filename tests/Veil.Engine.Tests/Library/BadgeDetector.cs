using Veil.Detection;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Engine.Tests.Library;

#region detector
/// <summary>Finds the name badges of a conference: all that is bright green.</summary>
internal sealed class BadgeDetector : IRegionDetector
{
    public static DetectorDescriptor Describe() => new("badges", "name badges: bright green", [RegionKind.Text], Models: [], _ => new BadgeDetector());

    public IReadOnlyList<Region> Detect(PixelBuffer image, CancellationToken cancellationToken)
    {
        var (left, top, right, bottom) = (image.Width, image.Height, 0, 0);
        for (var y = 0; y < image.Height; y++)
        {
            var row = image.Row(y);
            for (var x = 0; x < image.Width; x++)
            {
                if (row[3 * x] < 60 && row[(3 * x) + 1] > 200 && row[(3 * x) + 2] < 60)
                {
                    (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x + 1), y + 1);
                }
            }
        }

        return right == 0 ? [] : [new Region(new Box(left, top, right, bottom), RegionKind.Text, Score: 1, new RegionOrigin(RegionSource.Detector, "badges"))];
    }

    public void Dispose()
    {
    }
}
#endregion
