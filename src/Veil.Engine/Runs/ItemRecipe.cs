using Veil.Anonymization;
using Veil.Engine.Verification;
using Veil.Imaging;
using Veil.Onnx.Models;
using Veil.Pipeline;
using Veil.Regions;
using Veil.Tracking;
using Veil.Video.Files;

namespace Veil.Engine.Runs;

/// <summary>How items of a run are made, but for what regions they have.</summary>
/// <param name="Methods">What happens to regions.</param>
/// <param name="Policies">How they become covered pixels.</param>
/// <param name="Encoding">How pictures are written.</param>
/// <param name="Video">How films are written; null for pictures only.</param>
/// <param name="Limits">How large an input may be.</param>
internal sealed record ItemRecipe(ChosenMethods Methods, RegionPolicies Policies, EncodeOptions Encoding, VideoOptions? Video, PictureLimits Limits)
{
    /// <summary>What to do where an output is already.</summary>
    public OverwritePolicy Existing { get; init; }

    /// <summary>Which modification time outputs bear.</summary>
    public OutputTimes Times { get; init; } = OutputTimes.Now;

    /// <summary>What an output's appearance says about power loss.</summary>
    public OutputDurability Durability { get; init; }

    /// <summary>Whether outputs are checked before they are put in their places.</summary>
    public VerifyOutput Verify { get; init; }

    /// <summary>Models of what checks them.</summary>
    public ModelStore Store { get; init; } = ModelStore.Default();

    /// <summary>How regions are carried from frame to frame of films; null leaves each frame by itself.</summary>
    public TrackingPolicy? Tracking { get; init; }

    /// <summary>Makes what watches frames before and after; by default nothing does.</summary>
    public Func<IFrameObserver?> CreateObserver { get; init; } = static () => null;

    /// <summary>Opens inputs and makes outputs.</summary>
    public IMediaFormat CreateMedia()
    {
        var pictures = new PictureMedia(Limits, Encoding, Existing, Times) { Durability = Durability };
        return Video is null ? pictures : new CombinedMedia([pictures, new VideoMedia(Video, Existing, path => PictureMedia.ModifiedTime(path, Times))]);
    }

    /// <summary>One worker's processor.</summary>
    /// <param name="media">Opens inputs and makes outputs.</param>
    /// <param name="finder">Finds regions.</param>
    /// <param name="anonymizer">Covers them; null to find only.</param>
    /// <param name="checking">Checks outputs; null for nothing.</param>
    /// <param name="frameDone">Called after each frame.</param>
    /// <param name="further">Who else looks at frames of films; null for nobody.</param>
    public IItemProcessor CreateProcessor(
        IMediaFormat media, RegionFinder finder, IAnonymizer? anonymizer, OutputChecking? checking, Action<ItemProgress> frameDone, FurtherSearchers? further = null)
    {
        var pipeline = new MediaPipeline(media, finder.CreateProvider(), Policies, anonymizer, CreateObserver(), finder.People, Tracking) { FrameDone = frameDone, Further = further };
        return checking is null ? pipeline : checking.Around(
            pipeline,
            (regions, policies, method) => new MediaPipeline(media, regions ?? checking.Beside(finder), policies, method, CreateObserver(), tracking: Tracking) { FrameDone = frameDone },
            frameDone);
    }
}
