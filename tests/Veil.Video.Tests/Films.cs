using Veil.Anonymization.Methods;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;
using Veil.Video.Files;

namespace Veil.Video.Tests;

/// <summary>Takes films through the pipeline with regions that are known.</summary>
internal static class Films
{
    /// <summary>What is covered where a test says nothing else.</summary>
    public static readonly Box Face = new(40, 20, 90, 80);

    public static ItemResult Process(string input, string output, VideoOptions? options = null, Func<Frame, Box?>? face = null, CancellationToken cancel = default)
    {
        using var pipeline = new MediaPipeline(
            new VideoMedia(options ?? new VideoOptions { Preset = null, Crf = 1 }, OverwritePolicy.Refuse, _ => null), new Known(face ?? (_ => Face)),
            new RegionPolicy { Growth = 0, Shape = RegionShape.Box, SoftEdge = 0 }, SolidAnonymizer.Describe().Create(), tracking: null);
        return pipeline.Process(new MediaItem(input, Path.GetFileName(input), MediaItemOrigin.Named), output, cancel);
    }

    public static void Succeeds(ItemResult result) => Assert.True(result.Status == ItemStatus.Done, $"{result.Error?.Step}: {result.Error?.Message}");

    public sealed class Known(Func<Frame, Box?> face) : IRegionProvider
    {
        public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken) =>
            face(frame) is { } box ? [new Region(box, RegionKind.Face, 1, new RegionOrigin(RegionSource.Hand))] : [];

        public void Dispose()
        {
        }
    }
}
