using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Veil.Anonymization;

namespace Veil.Engine.Tests.Library;

#region method
/// <summary>Settings of stripes.</summary>
internal sealed record StripesOptions : MethodOptions
{
    /// <summary>Width of a stripe, as a fraction of the region's longer side. 0.05..0.5; default 0.1.</summary>
    [Range(0.05, 0.5), Description("width of a stripe, as a fraction of the region")]
    public float Width { get; init; } = 0.1f;
}

/// <summary>Black and white stripes over the region.</summary>
internal sealed class StripesAnonymizer(StripesOptions options) : PaintingAnonymizer
{
    public static AnonymizerDescriptor Describe() => AnonymizerDescriptor.Of<StripesOptions>(
        "stripes", "black and white stripes; nothing of the original is left", Guarantee.Irreversible, options => new StripesAnonymizer(options));

    protected override void Paint(RegionCanvas canvas)
    {
        for (var y = 0; y < canvas.Height; y++)
        {
            var stripe = (int)MathF.Floor((y - canvas.Box.Top) / (options.Width * canvas.LongSide));
            canvas.Target.Row(y).Fill((stripe & 1) == 0 ? byte.MaxValue : byte.MinValue);
        }
    }
}
#endregion
