using Veil.Imaging.Jpeg.Coefficients;
using Veil.Imaging.Metadata;
using Veil.Pipeline;

namespace Veil.Imaging.Tests.Jpeg.Coefficients;

public sealed class FallbackTests
{
    [Fact]
    public void A_file_coded_anew_says_so_unless_asked_for()
    {
        var file = Pictures.Encode(PictureFormat.Jpeg, 64, 48, PixelFormat.Rgb24);
        var region = Touched.Face(10, 10, 30, 30);
        var (_, asked) = Touched.Anonymize(file, [region], Touched.Method("solid"), options: new EncodeOptions { Mode = EncodeMode.Full });
        Assert.Empty(asked.Notes);
        var (_, automatic) = Touched.Anonymize(file, [region], Touched.Method("solid"));
        Assert.Equal(CoefficientLibrary.IsAvailable ? 0 : 1, automatic.Notes.Count);
        var (_, other) = Touched.Anonymize(file, [region], Touched.Method("solid"), options: new EncodeOptions { Format = PictureFormat.Png });
        Assert.Empty(other.Notes);
    }

    [NativeFact]
    public void A_broken_file_fails_as_it_does_without_coefficients()
    {
        var file = Pictures.Encode(PictureFormat.Jpeg, 200, 150, PixelFormat.Rgb24);
        var (_, result) = Touched.Anonymize(file[..(file.Length / 2)], [], Touched.Method("solid"));
        Assert.Equal((ItemStatus.Failed, "CorruptInput"), (result.Status, result.Error!.Code));
    }

    [NativeFact]
    public void Limits_hold()
    {
        var file = Pictures.Encode(PictureFormat.Jpeg, 200, 150, PixelFormat.Rgb24);
        foreach (var limits in (PictureLimits[])[new() { MaxPixels = 29_999 }, new() { MaxDimension = 199 }, new() { MaxFileBytes = 100 }])
        {
            var (_, result) = Touched.Anonymize(file, [], Touched.Method("solid"), limits: limits);
            Assert.Equal((ItemStatus.Failed, "LimitExceeded"), (result.Status, result.Error!.Code));
        }
    }

    [NativeFact(tools: true)]
    public void Damage_is_an_error_or_a_picture_and_nothing_else()
    {
        var random = new Random(5);
        foreach (var kind in Kinds.All)
        {
            var file = JpegTools.Encode(67, 41, kind);
            for (var run = 0; run < 60; run++)
            {
                var damaged = file.ToArray();
                for (var hit = random.Next(1, 10); hit > 0; hit--)
                {
                    damaged[random.Next(2, damaged.Length)] = (byte)random.Next(256);
                }

                damaged = random.Next(4) == 0 ? damaged[..random.Next(4, damaged.Length)] : damaged;
                using var source = JpegCoefficientSource.TryOpen(damaged, new PictureLimits { MaxPixels = 4_000_000, MaxDimension = 70_000 }, MetadataPolicy.None, null, out _);
                if (source is null)
                {
                    continue;
                }

                using var frame = source.Read(CancellationToken.None)!;
                using var reduced = frame.Reduce(2);
                frame.MarkCovered(Regions.RegionMask.Full(frame.Pixels.Bounds));
                using var output = new MemoryStream();
                using var sink = JpegCoefficientSink.ToStream(output, source);
                sink.Write(frame);
                sink.Complete(CancellationToken.None);
                Assert.True(output.Length > 0);
            }
        }
    }

    [NativeFact("hostile")]
    public void Hostile_files_end_as_results_or_errors()
    {
        foreach (var path in Directory.EnumerateFiles(SharedData.Path("hostile"), "*", SearchOption.AllDirectories))
        {
            var (_, result) = Touched.Anonymize(File.ReadAllBytes(path), [Touched.Face(3, 3, 30, 30)], Touched.Method("veil"), limits: new PictureLimits { MaxPixels = 50_000_000 });
            Assert.True(result.Status == ItemStatus.Done || result.Error is { Code: not "Internal" }, $"{path}: {result.Error}");
        }
    }
}
