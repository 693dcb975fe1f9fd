using FsCheck;
using FsCheck.Fluent;
using Veil.Imaging.Jpeg;

namespace Veil.Imaging.Tests.Jpeg;

public sealed class StoredOrientationTests
{
    [Fact]
    public void Turning_there_and_back_changes_nothing() => Prop.ForAll(
        Gen.Choose(1, 8).Zip(Gen.Choose(1, 40).Zip(Gen.Choose(1, 40))).ToArbitrary(),
        input =>
        {
            var (value, (width, height)) = input;
            var orientation = new StoredOrientation(value, width, height);
            var area = new PixelRect(width / 3, height / 4, width, height - (height / 5));
            Assert.Equal(area, orientation.ToStored(orientation.ToUpright(area)));
            using var stored = Pictures.Paint(area.Width, area.Height, PixelFormat.Rgb24);
            using var upright = new PixelBuffer(orientation.UprightWidth, orientation.UprightHeight, PixelFormat.Rgb24);
            orientation.CopyToUpright(stored.Span, area, upright);
            var back = new byte[stored.Span.Length];
            orientation.CopyToStored(upright, area, back);
            return back.AsSpan().SequenceEqual(stored.Span);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Broken_orientation_tags_count_as_upright()
    {
        var file = Exif.WithOrientation(Pictures.Encode(PictureFormat.Jpeg, 16, 16, PixelFormat.Rgb24), 6);
        Assert.Equal(6, ExifOrientation.Read(file));
        Assert.Equal(1, ExifOrientation.Read(Exif.WithOrientation(file[..2], 9)));
        for (var length = 0; length < 60; length++)
        {
            Assert.InRange(ExifOrientation.Read(file.AsSpan(0, length)), 1, 8);
        }
    }
}
