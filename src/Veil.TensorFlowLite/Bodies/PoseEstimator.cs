using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Numerics;
using Veil.Anonymization.Synthesis;
using Veil.Errors;
using Veil.Imaging;
using Veil.Inference;
using Veil.Regions;
using Veil.TensorFlowLite.Inference;

namespace Veil.TensorFlowLite.Bodies;

/// <summary>
/// Poses and outlines of people by MediaPipe's pose landmark network, as the network gives them: for measuring, and for figures in the place of people. Masks that are
/// to hide somebody come from <see cref="PoseSegmenter"/>, which uses the same network and rather takes too much. One per worker: not thread-safe.
/// </summary>
public sealed class PoseEstimator : IDisposable
{
    /// <summary>
    /// Side of the square that is looked at first, in longer sides of the box: MediaPipe enlarges not the box but the square of the
    /// circle around the hips, which is as much larger (median of coco-mini's people with 12 points or more; quartiles 1.51 and 1.64).
    /// </summary>
    private const float Margin = 1.6f;

    /// <summary>How far around the box the mask may go, as a share of its sides.</summary>
    private const float Reach = 0.12f;

    /// <summary>Of the network's certainty that it sees a person, for <see cref="Loader"/>.</summary>
    private const float Certain = 0.5f;

    /// <summary>Of a point's visibility, for <see cref="Loader"/>.</summary>
    private const float Seen = 0.5f;

    /// <summary>For each of COCO's points its number among the network's 33.</summary>
    private static readonly ImmutableArray<int> CocoPoints = [0, 2, 5, 7, 8, 11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28];

    private readonly PoseNetwork _network;

    /// <summary>Prepares the network.</summary>
    /// <param name="network">Its weights, shared by all workers.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: its inputs or outputs are others.</exception>
    public PoseEstimator(TfLiteModel network) => _network = new PoseNetwork(network);

    /// <summary>
    /// Gives what sees poses to whoever asks, the same each time; the network is loaded when it is asked for first. Thread-safe, unlike
    /// an estimator: each look takes one that is idle. A body of which it is not certain has no pose, and of one that has, each point is taken where it is more likely seen than not.
    /// </summary>
    /// <param name="read">Gives the bytes of the model.</param>
    public static Func<PoseFinder> Loader(ModelReader read)
    {
        ArgumentNullException.ThrowIfNull(read);
        var finder = new Lazy<PoseFinder>(() =>
        {
            var network = new TfLiteModel(read(PoseSegmenter.ModelId));
            var idle = new ConcurrentBag<PoseEstimator> { new(network) };
            return (picture, person) =>
            {
                var estimator = idle.TryTake(out var one) ? one : new PoseEstimator(network);
                try
                {
                    var pose = estimator.Estimate(picture, person);
                    return pose.Certainty < Certain ? [] : [.. pose.Points.Select(point => point.Visibility >= Seen ? point.Position : new Vector2(float.NaN))];
                }
                finally
                {
                    idle.Add(estimator);
                }
            };
        });
        return () => finder.Value;
    }

    /// <summary>
    /// Sees a person's pose, with two looks as MediaPipe does: where the first finds the circle around the hips, the second is at
    /// its square, turned upright.
    /// </summary>
    /// <param name="image">An upright picture in <see cref="PixelFormat.Rgb24"/>; only read.</param>
    /// <param name="person">The person's box; may reach over the border.</param>
    /// <exception cref="ArgumentException">Another pixel format, or an empty box.</exception>
    public BodyPose Estimate(PixelBuffer image, Box person)
    {
        var toPicture = Look(image, person);
        var points = ImmutableArray.CreateBuilder<BodyPoint>(CocoPoints.Length);
        foreach (var point in CocoPoints)
        {
            points.Add(new BodyPoint(Vector2.Transform(_network.Points[point], toPicture), _network.Points.Visibility(point)));
        }

        return new BodyPose(_network.Certainty is >= 0 and var certainty ? certainty : 0, points.MoveToImmutable());
    }

    /// <summary>Sees a person's outline, with the same two looks.</summary>
    /// <param name="image">An upright picture in <see cref="PixelFormat.Rgb24"/>; only read.</param>
    /// <param name="person">The person's box; may reach over the border.</param>
    /// <returns>Pixels that are more likely the person's than not, at 255; null where there are none.</returns>
    /// <exception cref="ArgumentException">Another pixel format, or an empty box.</exception>
    public RegionMask? Outline(PixelBuffer image, Box person)
    {
        var toPicture = Look(image, person);
        var bounds = person.Grow(Reach).ToPixels().Intersect(new PixelRect(0, 0, image.Width, image.Height));
        return bounds.IsEmpty ? null : Mask(bounds, toPicture);
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    /// <summary>Looks twice, and tells where in the picture the network's coordinates lie.</summary>
    private Matrix3x2 Look(PixelBuffer image, Box person)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (person.IsEmpty)
        {
            throw new ArgumentException($"Expected a box with an area, but received {person}.", nameof(person));
        }

        var crop = PoseNetwork.Around(person, Margin);
        _network.Look(image, crop);
        if (_network.Next(crop) is { } next)
        {
            crop = next;
            _network.Look(image, crop);
        }

        return PoseNetwork.ToPicture(crop);
    }

    /// <summary>Logits between the middles of cells, bilinear, at the middle of each pixel.</summary>
    private RegionMask? Mask(PixelRect bounds, Matrix3x2 toPicture)
    {
        if (!Matrix3x2.Invert(toPicture, out var toInput))
        {
            return null;
        }

        const int last = PoseNetwork.Side - 1;
        var logits = _network.Mask;
        var coverage = new byte[bounds.Width * bounds.Height];
        var any = false;
        for (var y = bounds.Top; y < bounds.Bottom; y++)
        {
            for (var x = bounds.Left; x < bounds.Right; x++)
            {
                var at = Vector2.Clamp(Vector2.Transform(new Vector2(x + 0.5f, y + 0.5f), toInput) - new Vector2(0.5f), Vector2.Zero, new Vector2(last));
                var (left, right, top, low) = ((int)at.X, at.X - (int)at.X, (int)at.Y, at.Y - (int)at.Y);
                var (next, bottom) = (Math.Min(left + 1, last), Math.Min(top + 1, last));
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
