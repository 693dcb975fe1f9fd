using System.Collections.Immutable;
using System.Numerics;
using Veil.Errors;
using Veil.Imaging;
using Veil.Regions;
using Veil.TensorFlowLite.Crops;
using Veil.TensorFlowLite.Inference;

namespace Veil.TensorFlowLite.Bodies;

/// <summary>
/// Poses and outlines of people by MediaPipe's pose landmark network, as the network gives them: for measuring. Masks that are
/// to hide somebody come from <see cref="PoseSegmenter"/>, which uses the same network and rather takes too much. One per worker: not thread-safe.
/// </summary>
public sealed class PoseEstimator : IDisposable
{
    /// <summary>
    /// Side of the square that is looked at first, in longer sides of the box: MediaPipe enlarges not the box but the square of the
    /// circle around the hips, which is as much larger (median of coco-mini's people with 12 points or more; quartiles 1.51 and 1.64).
    /// </summary>
    private const float PoseMargin = 1.6f;

    /// <summary>The same for masks, which are made with one look.</summary>
    private const float MaskMargin = 1.25f;

    /// <summary>How far around the box the mask may go, as a share of its sides.</summary>
    private const float Reach = 0.12f;

    /// <summary>For each of COCO's points its number among the network's 33.</summary>
    private static readonly ImmutableArray<int> CocoPoints = [0, 2, 5, 7, 8, 11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28];

    private readonly PoseNetwork _network;

    /// <summary>Prepares the network.</summary>
    /// <param name="network">Its weights, shared by all workers.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: its inputs or outputs are others.</exception>
    public PoseEstimator(TfLiteModel network) => _network = new PoseNetwork(network);

    /// <summary>
    /// Sees a person's pose, with two looks as MediaPipe does: where the first finds the circle around the hips, the second is at
    /// its square, turned upright.
    /// </summary>
    /// <param name="image">An upright picture in <see cref="PixelFormat.Rgb24"/>; only read.</param>
    /// <param name="person">The person's box; may reach over the border.</param>
    /// <exception cref="ArgumentException">Another pixel format, or an empty box.</exception>
    public BodyPose Estimate(PixelBuffer image, Box person)
    {
        var crop = Look(image, person, PoseMargin);
        if (_network.Next(crop) is { } next)
        {
            crop = next;
            _network.Look(image, crop);
        }

        var toPicture = PoseNetwork.ToPicture(crop);
        var points = ImmutableArray.CreateBuilder<BodyPoint>(CocoPoints.Length);
        foreach (var point in CocoPoints)
        {
            points.Add(new BodyPoint(Vector2.Transform(_network.Points[point], toPicture), _network.Points.Visibility(point)));
        }

        return new BodyPose(_network.Certainty is >= 0 and var certainty ? certainty : 0, points.MoveToImmutable());
    }

    /// <summary>Sees a person's outline, with one look.</summary>
    /// <param name="image">An upright picture in <see cref="PixelFormat.Rgb24"/>; only read.</param>
    /// <param name="person">The person's box; may reach over the border.</param>
    /// <returns>Pixels that are more likely the person's than not, at 255; null where there are none.</returns>
    /// <exception cref="ArgumentException">Another pixel format, or an empty box.</exception>
    public RegionMask? Outline(PixelBuffer image, Box person)
    {
        var crop = Look(image, person, MaskMargin);
        var bounds = person.Grow(Reach).ToPixels().Intersect(new PixelRect(0, 0, image.Width, image.Height));
        return bounds.IsEmpty ? null : Mask(bounds, crop.Center - new Vector2(crop.Side / 2), crop.Side / PoseNetwork.Side);
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    private SquareCrop Look(PixelBuffer image, Box person, float margin)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (person.IsEmpty)
        {
            throw new ArgumentException($"Expected a box with an area, but received {person}.", nameof(person));
        }

        var crop = PoseNetwork.Around(person, margin);
        _network.Look(image, crop);
        return crop;
    }

    /// <summary>Logits between the middles of cells, bilinear, at the middle of each pixel.</summary>
    private RegionMask? Mask(PixelRect bounds, Vector2 corner, float scale)
    {
        const int last = PoseNetwork.Side - 1;
        var logits = _network.Mask;
        var coverage = new byte[bounds.Width * bounds.Height];
        var any = false;
        for (var y = bounds.Top; y < bounds.Bottom; y++)
        {
            var row = Math.Clamp(((y + 0.5f - corner.Y) / scale) - 0.5f, 0, last);
            var (top, low) = ((int)row, row - (int)row);
            var bottom = Math.Min(top + 1, last);
            for (var x = bounds.Left; x < bounds.Right; x++)
            {
                var column = Math.Clamp(((x + 0.5f - corner.X) / scale) - 0.5f, 0, last);
                var (left, right) = ((int)column, column - (int)column);
                var next = Math.Min(left + 1, last);
                var upper = float.Lerp(logits[(top * PoseNetwork.Side) + left], logits[(top * PoseNetwork.Side) + next], right);
                var lower = float.Lerp(logits[(bottom * PoseNetwork.Side) + left], logits[(bottom * PoseNetwork.Side) + next], right);
                if (float.Lerp(upper, lower, low) > 0)
                {
                    coverage[((y - bounds.Top) * bounds.Width) + x - bounds.Left] = byte.MaxValue;
                    any = true;
                }
            }
        }

        return any ? new RegionMask(bounds, coverage) : null;
    }
}
