using Veil.Imaging;
using Veil.Regions;

namespace Veil.Evaluation.Coco;

/// <summary>A picture to measure on.</summary>
/// <param name="Name">Unique among them, and a key of what was measured.</param>
/// <param name="File">Full path.</param>
/// <param name="Truths">What is annotated in it; empty where there is nothing to find, but something might be found.</param>
public sealed record CocoPicture(string Name, string File, IReadOnlyList<CocoTruth> Truths);

/// <summary>What a fixed network finds in a picture: boxes, masks or poses, compared with what is annotated there.</summary>
/// <param name="picture">Which one.</param>
/// <param name="image">Its pixels, original or anonymized, in <see cref="PixelFormat.Rgb24"/>; only read.</param>
/// <param name="cancellationToken">Stops between inferences.</param>
public delegate IReadOnlyList<CocoFinding> CocoFind(CocoPicture picture, PixelBuffer image, CancellationToken cancellationToken);

/// <summary>What is to be anonymized in a picture.</summary>
/// <param name="picture">Which one.</param>
/// <param name="image">Its original pixels; only read.</param>
/// <param name="kind">Faces, heads or bodies.</param>
/// <param name="cancellationToken">Stops between inferences.</param>
/// <exception cref="Errors.VeilException">It cannot be known; the picture is left out then.</exception>
public delegate IReadOnlyList<Region> CocoRegions(CocoPicture picture, PixelBuffer image, RegionKind kind, CancellationToken cancellationToken);

/// <summary>What is measured, and with what.</summary>
/// <param name="Protocol">For boxes and masks, or for poses.</param>
/// <param name="Pictures">In the order in which they are measured.</param>
/// <param name="Decode">Reads a file as upright <see cref="PixelFormat.Rgb24"/> pixels, which are disposed of by the experiment.</param>
/// <param name="Find">The network, with a threshold so low that the whole curve of precision over recall is seen. Called by one thread.</param>
public sealed record CocoTask(CocoProtocol Protocol, IReadOnlyList<CocoPicture> Pictures, Func<string, PixelBuffer> Decode, CocoFind Find);
