using Veil.Regions;

namespace Veil.Evaluation.Bodies;

/// <summary>A person that somebody marked in a picture, or a crowd of them marked as one.</summary>
/// <param name="Box">Where, pixel-edge coordinates.</param>
/// <param name="IsCrowd">True for a crowd: finding people in it is neither right nor wrong.</param>
public sealed record MarkedBody(Box Box, bool IsCrowd)
{
    /// <summary>Area of the person, square pixels, by which COCO tells small from large; that of the box where nobody says.</summary>
    public double Area { get; init; } = Box.Area;
}
