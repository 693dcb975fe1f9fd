using Veil.Detection;
using Veil.Inference;
using Veil.Regions;
using Veil.TensorFlowLite.Inference;

namespace Veil.TensorFlowLite.Bodies;

/// <summary>Person boxes by EfficientDet-Lite2.</summary>
public static class EfficientDet
{
    /// <summary>The model's id in the manifest.</summary>
    public const string ModelId = "efficientdet-lite2";

    private const string Id = "efficientdet";

    /// <summary>The detector's description. The network is loaded by the first instance and shared by the others.</summary>
    /// <param name="read">Gives the bytes of the model <see cref="ModelId"/>.</param>
    public static DetectorDescriptor Describe(ModelReader read)
    {
        ArgumentNullException.ThrowIfNull(read);
        var loaded = new Lazy<(TfLiteModel Network, EfficientDetGraph.Anchor[] Anchors)>(() =>
        {
            var graph = EfficientDetGraph.Cut(read(ModelId));
            return (new TfLiteModel(graph.Network), graph.Anchors);
        });
        return new DetectorDescriptor(Id, "EfficientDet-Lite2: whole people, from 32 pixels on; Apache-2.0", [RegionKind.Body], [ModelId], Create);

        IRegionDetector Create(DetectorOptions options)
        {
            ArgumentNullException.ThrowIfNull(options);
            options.Validate(Id);
            var (network, anchors) = loaded.Value;
            return new EfficientDetDetector(Id, network, anchors, options);
        }
    }
}
