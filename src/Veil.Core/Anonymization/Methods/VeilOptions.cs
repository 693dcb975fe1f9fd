using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Veil.Anonymization.Methods;

/// <summary>Where the veil's colour comes from.</summary>
public enum VeilTone
{
    /// <summary>The region's mean colour, as the nearest of sixteen tones: 4 bits of the region in all.</summary>
    Matched,

    /// <summary>The same neutral grey for every region: nothing of the region at all.</summary>
    Neutral,
}

/// <summary>Settings of <see cref="VeilAnonymizer"/>.</summary>
public sealed record VeilOptions : MethodOptions
{
    /// <summary>Where the colour comes from. Default <see cref="VeilTone.Matched"/>.</summary>
    [Description("colour: matched to the region (4 bits) or neutral (0 bits)")]
    public VeilTone Tone { get; init; }

    /// <summary>Strength of light and shade, 0 (flat) to 1. Default 0.5.</summary>
    [Range(0.0, 1.0)]
    [Description("light and shade, 0 (flat) to 1")]
    public float Shading { get; init; } = 0.5f;

    /// <summary>Strength of the grain, 0 (smooth) to 1. Default 0.5.</summary>
    [Range(0.0, 1.0)]
    [Description("fine grain, 0 (smooth) to 1")]
    public float Grain { get; init; } = 0.5f;
}
