using System.Numerics;
using Veil.Detection;
using Veil.Errors;
using Veil.Imaging;
using Veil.Inference;
using Veil.Regions;
using Veil.TensorFlowLite.Inference;

namespace Veil.TensorFlowLite.Bodies;

/// <summary>
/// Masks of people by MediaPipe's pose landmark network. Made to leave nobody exposed: mask and limbs are united and spread, and
/// where the network is unsure, sees much less than the box promises, or contradicts itself, there is no mask. The figures
/// were chosen on coco-mini (docs/bodies.md).
/// </summary>
public sealed class PoseSegmenter : IRegionSegmenter
{
    /// <summary>The model's id in the manifest.</summary>
    public const string ModelId = PoseNetwork.ModelId;

    private const int Side = PoseNetwork.Side;

    /// <summary>Side of the square that is looked at, in longer sides of the box.</summary>
    private const float Margin = 1.25f;

    /// <summary>Longer side of a box, pixels, from which people are seen in detail.</summary>
    private const float LeastSide = 80;

    /// <summary>Of the network's own certainty that it sees a person.</summary>
    private const float Certain = 0.9f;

    /// <summary>Logit of a probability of one in ten: what may be the person is.</summary>
    private const float Covered = -2.197f;

    /// <summary>Share of the box that the mask fills at least.</summary>
    private const float LeastFill = 0.35f;

    /// <summary>Share of torso, limbs and head that the mask holds at least.</summary>
    private const float LeastAgreement = 0.7f;

    /// <summary>Share of torso, limbs and head that may lie outside the box.</summary>
    private const float MostOutside = 0.25f;

    /// <summary>How far the mask spreads, as a share of the box's longer side.</summary>
    private const float Spread = 0.03f;

    /// <summary>How far around the box the mask may go, as a share of its sides.</summary>
    private const float Reach = 0.12f;

    private readonly PoseNetwork _network;

    /// <summary>Prepares the network.</summary>
    /// <param name="network">Its weights, shared by all workers.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidModel"/>: its inputs or outputs are others.</exception>
    public PoseSegmenter(TfLiteModel network) => _network = new PoseNetwork(network);

    /// <inheritdoc/>
    public RegionKind Kind => RegionKind.Body;

    /// <summary>The segmenter's description. The network is loaded by the first instance and shared by the others.</summary>
    /// <param name="read">Gives the bytes of the model <see cref="ModelId"/>.</param>
    public static SegmenterDescriptor Describe(ModelReader read)
    {
        ArgumentNullException.ThrowIfNull(read);
        var network = new Lazy<TfLiteModel>(() => new TfLiteModel(read(ModelId)));
        return new SegmenterDescriptor(
            "mediapipe-pose", "MediaPipe pose: masks of people who are surely seen, the whole box for all others; Apache-2.0", RegionKind.Body, [ModelId],
            () => new PoseSegmenter(network.Value));
    }

    /// <inheritdoc/>
    public PixelRect Reads(Region region)
    {
        ArgumentNullException.ThrowIfNull(region);
        return PoseNetwork.Around(region.Box, Margin).Reads();
    }

    /// <inheritdoc/>
    public RegionMask? Segment(PixelBuffer image, Region region)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(region);
        image.RequireFormat(PixelFormat.Rgb24);

        var bounds = region.Box.Grow(Reach).ToPixels().Intersect(new PixelRect(0, 0, image.Width, image.Height));
        if (region.Box.LongSide < LeastSide || bounds.IsEmpty)
        {
            return null;
        }

        var crop = PoseNetwork.Around(region.Box, Margin);
        _network.Look(image, crop);
        if (!(_network.Certainty >= Certain))
        {
            return null;
        }

        var toCells = Side / crop.Side;
        var corner = crop.Center - new Vector2(crop.Side / 2);
        var box = region.Box.Offset(-corner.X, -corner.Y).Scale(toCells, toCells);
        return Cells(box) is { } cells ? MaskRasterizer.FromCells(cells, corner, toCells, bounds) : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    /// <summary>What the person covers in the network's input; null where that is not sure.</summary>
    private RegionMask? Cells(Box box)
    {
        var logits = _network.Mask;
        var shape = PoseShape.Draw(_network.Points, box.Height, Side);
        var cells = new byte[Side * Side];
        var (inBox, filled, shaped, agreed, outside, all) = (0, 0, 0, 0, 0, 0);
        for (var i = 0; i < cells.Length; i++)
        {
            var (x, y) = ((i % Side) + 0.5f, (i / Side) + 0.5f);
            var inside = x >= box.Left && x < box.Right && y >= box.Top && y < box.Bottom;
            var covered = logits[i] > Covered;
            inBox += inside ? 1 : 0;
            filled += inside && covered ? 1 : 0;
            shaped += inside && shape[i] ? 1 : 0;
            agreed += inside && shape[i] && covered ? 1 : 0;
            outside += !inside && shape[i] ? 1 : 0;
            all += shape[i] ? 1 : 0;
            cells[i] = covered || shape[i] ? byte.MaxValue : (byte)0;
        }

        var sure = inBox > 0 && shaped > 0 && filled >= LeastFill * inBox && agreed >= LeastAgreement * shaped && outside <= MostOutside * all;
        var grid = new PixelRect(0, 0, Side, Side);
        return sure ? MaskRasterizer.Rasterize(new RegionMask(grid, cells), new Vector2(Spread * box.LongSide), 0, grid) : null;
    }
}
