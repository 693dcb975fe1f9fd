using Veil.Anonymization;
using Veil.Imaging.Jpeg;
using Veil.Imaging.Jpeg.Coefficients;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Imaging.Tests.Jpeg.Coefficients;

/// <summary>Runs pictures through the pipeline with known regions, and compares coefficients before and after.</summary>
internal static class Touched
{
    public static RegionPolicy Tight { get; } = new() { Shape = RegionShape.Box, Growth = 0, SoftEdge = 0 };

    /// <summary>A method by its id, or a preset by its name.</summary>
    public static IAnonymizer Method(string name)
    {
        var catalog = new AnonymizerCatalog(new MethodEngines { Stickers = StickerFiles.Load });
        if (name.Contains('/', StringComparison.Ordinal))
        {
            var (described, preset) = catalog.FindPreset(name);
            return described.Create(preset.Options);
        }

        var descriptor = catalog.Find(name);
        return descriptor.Create(descriptor.Defaults);
    }

    public static Region Face(float left, float top, float right, float bottom) =>
        new(new Box(left, top, right, bottom), RegionKind.Face, 1, new RegionOrigin(RegionSource.Hand));

    /// <summary>The result's bytes, and what the pipeline says about it.</summary>
    public static (byte[] Output, ItemResult Result) Anonymize(
        byte[] file, IReadOnlyList<Region> regions, IAnonymizer method, RegionPolicy? policy = null, EncodeOptions? options = null, PictureLimits? limits = null)
    {
        using var folder = new TemporaryFolder();
        var input = folder.Write("in.bin", file);
        using var pipeline = new MediaPipeline(
            new PictureMedia(limits ?? PictureLimits.Default, options ?? EncodeOptions.Default, OverwritePolicy.Refuse), new Known(regions), policy ?? new RegionPolicy(), method);
        var result = pipeline.Process(new MediaItem(input, "in.bin", MediaItemOrigin.Named), folder["out.bin"], CancellationToken.None);
        return (result.Status == ItemStatus.Done ? File.ReadAllBytes(folder["out.bin"]) : [], result);
    }

    public static JpegCoefficients Open(byte[] file)
    {
        var jpeg = JpegCoefficients.TryOpen(file, PictureLimits.Default, out var reason);
        Assert.True(jpeg is not null, reason);
        return jpeg;
    }

    /// <summary>Checks that every block of every component without coverage in any of its pixels is the same.</summary>
    /// <returns>How many were compared, and how many had coverage.</returns>
    public static (int Kept, int Covered) AssertOthersKept(byte[] before, byte[] after, IReadOnlyList<Region> regions, RegionPolicy policy)
    {
        using var first = Open(before);
        using var second = Open(after);
        Assert.Equal((first.Width, first.Height, first.Components, first.Colour), (second.Width, second.Height, second.Components, second.Colour));
        Assert.Equal((first.IsProgressive, first.RestartInterval, first.Unit), (second.IsProgressive, second.RestartInterval, second.Unit));
        var coverage = Coverage(new StoredOrientation(ExifOrientation.Read(before), first.Width, first.Height), regions, policy);
        var (kept, covered) = (0, 0);
        for (var c = 0; c < first.Components; c++)
        {
            var (component, other) = (first.Component(c), second.Component(c));
            for (var i = 0; i < 64; i++)
            {
                Assert.Equal(component.Steps[i], other.Steps[i]);
            }

            var (width, height) = (first.Unit.Width / component.Horizontal, first.Unit.Height / component.Vertical);
            for (var row = 0; row < component.BlockRows; row++)
            {
                var (a, b) = (first.ReadBlockRow(c, row), second.ReadBlockRow(c, row));
                for (var column = 0; column < component.BlockColumns; column++)
                {
                    if (Any(coverage, first.Width, new PixelRect(column * width, row * height, (column + 1) * width, (row + 1) * height).Intersect(first.Bounds)))
                    {
                        covered++;
                        continue;
                    }

                    kept++;
                    Assert.True(a.AsSpan(column * 64, 64).SequenceEqual(b.AsSpan(column * 64, 64)), $"component {c}, block {column},{row} differs");
                }
            }
        }

        return (kept, covered);
    }

    /// <summary>Coverage in the stored picture, pixel by pixel, without the code under test.</summary>
    public static byte[] Coverage(StoredOrientation orientation, IReadOnlyList<Region> regions, RegionPolicy policy)
    {
        var coverage = new byte[orientation.Width * orientation.Height];
        foreach (var mask in regions.Select(region => policy.Cover(region, orientation.UprightWidth, orientation.UprightHeight)?.Mask).OfType<RegionMask>())
        {
            for (var y = mask.Bounds.Top; y < mask.Bounds.Bottom; y++)
            {
                for (var x = mask.Bounds.Left; x < mask.Bounds.Right; x++)
                {
                    var stored = orientation.ToStored(new PixelRect(x, y, x + 1, y + 1));
                    var at = (stored.Top * orientation.Width) + stored.Left;
                    coverage[at] = Math.Max(coverage[at], mask[x, y]);
                }
            }
        }

        return coverage;
    }

    private static bool Any(byte[] coverage, int stride, PixelRect area)
    {
        for (var y = area.Top; y < area.Bottom; y++)
        {
            if (coverage.AsSpan((y * stride) + area.Left, area.Width).ContainsAnyExcept((byte)0))
            {
                return true;
            }
        }

        return false;
    }

    private sealed class Known(IReadOnlyList<Region> regions) : IRegionProvider
    {
        public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken) => regions;

        public void Dispose()
        {
        }
    }
}
