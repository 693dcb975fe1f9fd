namespace Veil.Video.Planar;

/// <summary>What the planes of a frame hold.</summary>
internal enum ColourModel
{
    /// <summary>Luma alone.</summary>
    Grey,

    /// <summary>Luma and two colour differences, these often at fewer pixels.</summary>
    Yuv,

    /// <summary>Green, blue, red: in this order.</summary>
    Gbr,
}
