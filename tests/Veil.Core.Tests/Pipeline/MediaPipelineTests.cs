using Veil.Anonymization;
using Veil.Errors;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Tests.Pipeline;

public sealed class MediaPipelineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_item_ends_anonymized_at_its_target()
    {
        var result = Process("a12345", new WholeFrame(), new Blackener());

        Assert.Equal(ItemStatus.Done, result.Status);
        Assert.Equal(1, result.RegionCount);
        Assert.All(File.ReadAllBytes(_folder["out/in.raw"]), value => Assert.Equal(0, value));
        Assert.Equal(["open", "decode", "detect", "cover", "anonymize", "encode"], result.Times.Select(time => time.Step));
    }

    [Theory]
    [InlineData("d2345", "decode", nameof(VeilErrorCode.CorruptInput))]
    [InlineData("a234e", "encode", nameof(VeilErrorCode.EncodeFailed))]
    public void A_codec_that_fails_leaves_no_output_and_names_its_step(string content, string step, string code)
    {
        var result = Process(content, new Nothing(), new Blackener());

        AssertFailed(result, step, code);
    }

    [Fact]
    public void A_detector_that_throws_leaves_no_output()
    {
        var result = Process("a2345", new Throwing(new VeilException(VeilErrorCode.DetectionFailed, "no")), new Blackener());

        AssertFailed(result, "detect", nameof(VeilErrorCode.DetectionFailed));
    }

    [Fact]
    public void A_method_that_throws_leaves_no_output_and_is_told_as_a_defect()
    {
        var result = Process("a2345", new WholeFrame(), new Broken());

        AssertFailed(result, "anonymize", "Internal");
    }

    [Fact]
    public void Cancellation_leaves_no_output_and_is_not_a_failed_item()
    {
        using var stop = new CancellationTokenSource();
        using var pipeline = new MediaPipeline(new RawMedia(), new Cancelling(stop), new RegionPolicy(), new Blackener());

        Assert.Throws<OperationCanceledException>(() => pipeline.Process(Item("a2345", MediaItemOrigin.Found), _folder["out/in.raw"], stop.Token));
        Assert.Equal(["in.raw"], _folder.Files());
    }

    [Fact]
    public void What_is_no_picture_is_passed_over_when_found_and_fails_when_named()
    {
        using var pipeline = new MediaPipeline(new RawMedia(), new WholeFrame(), new RegionPolicy(), new Blackener());

        Assert.Equal(ItemStatus.NotMedia, pipeline.Process(Item("x", MediaItemOrigin.Found), _folder["out/in.raw"], default).Status);
        Assert.Equal(ItemStatus.Failed, pipeline.Process(Item("x", MediaItemOrigin.Named), _folder["out/in.raw"], default).Status);
        Assert.Equal(["in.raw"], _folder.Files());
    }

    [Fact]
    public void Without_a_target_regions_are_found_and_nothing_is_written()
    {
        using var pipeline = new MediaPipeline(new RawMedia(), new WholeFrame(), new RegionPolicy(), null);

        Assert.Equal(1, pipeline.Process(Item("a2345", MediaItemOrigin.Found), null, default).RegionCount);
        Assert.Equal(["in.raw"], _folder.Files());
    }

    [Fact]
    public async Task A_run_gives_every_item_a_result_and_goes_on_after_failures()
    {
        var planned = Enumerable.Range(0, 50).Select(i =>
        {
            var path = _folder.Write($"in/{i}.raw", System.Text.Encoding.ASCII.GetBytes(i % 5 == 0 ? "d234" : "a234"));
            return new PlannedItem(new MediaItem(path, $"{i}.raw", MediaItemOrigin.Found), _folder[$"out/{i}.raw"]);
        });
        var results = new List<ItemResult>();

        await MediaRun.ExecuteAsync(planned, 4, () => new MediaPipeline(new RawMedia(), new WholeFrame(), new RegionPolicy(), new Blackener()), results.Add, default);

        Assert.Equal(50, results.Count);
        Assert.Equal(10, results.Count(result => result.Status == ItemStatus.Failed));
        Assert.Equal(40, Directory.GetFiles(_folder["out"]).Length);
    }

    [Fact]
    public async Task A_detector_that_does_not_load_ends_the_run()
    {
        var planned = Enumerable.Range(0, 100).Select(i => new PlannedItem(new MediaItem("nowhere", $"{i}", MediaItemOrigin.Found), null));

        var error = await Assert.ThrowsAsync<VeilException>(() => MediaRun.ExecuteAsync(
            planned, 2, () => throw new VeilException(VeilErrorCode.InvalidModel, "no model"), _ => { }, default));

        Assert.Equal(VeilErrorCode.InvalidModel, error.Code);
    }

    private void AssertFailed(ItemResult result, string step, string code)
    {
        Assert.Equal(ItemStatus.Failed, result.Status);
        Assert.Equal(step, result.Error!.Step);
        Assert.Equal(code, result.Error.Code);
        Assert.Equal(["in.raw"], _folder.Files());
    }

    private ItemResult Process(string content, IRegionProvider regions, IAnonymizer anonymizer)
    {
        using var pipeline = new MediaPipeline(new RawMedia(), regions, new RegionPolicy(), anonymizer);
        return pipeline.Process(Item(content, MediaItemOrigin.Found), _folder["out/in.raw"], default);
    }

    private MediaItem Item(string content, MediaItemOrigin origin) =>
        new(_folder.Write("in.raw", System.Text.Encoding.ASCII.GetBytes(content)), "in.raw", origin);

    private sealed class Blackener : IAnonymizer
    {
        public void Apply(PixelBuffer image, Region region, RegionMask mask) => image.Span.Clear();
    }

    private sealed class Broken : IAnonymizer
    {
        public void Apply(PixelBuffer image, Region region, RegionMask mask) => throw new InvalidOperationException("broken");
    }

    private sealed class Nothing : IRegionProvider
    {
        public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken) => [];

        public void Dispose()
        {
        }
    }

    private sealed class Throwing(Exception error) : IRegionProvider
    {
        public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken) => throw error;

        public void Dispose()
        {
        }
    }

    private sealed class Cancelling(CancellationTokenSource stop) : IRegionProvider
    {
        public IReadOnlyList<Region> Find(MediaItem item, Frame frame, CancellationToken cancellationToken)
        {
            stop.Cancel();
            cancellationToken.ThrowIfCancellationRequested();
            return [];
        }

        public void Dispose()
        {
        }
    }
}
