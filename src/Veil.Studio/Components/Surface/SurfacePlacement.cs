using Veil.Regions;

namespace Veil.Studio.Components.Surface;

/// <summary>A region that was put elsewhere.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Box">Where it is to be.</param>
/// <param name="By">How it was done.</param>
public sealed record SurfacePlacement(int Id, Box Box, PlacedBy By);

/// <summary>How a region was put elsewhere.</summary>
public enum PlacedBy
{
    /// <summary>It was dragged there.</summary>
    Dragging,

    /// <summary>A key moved it by a step; others may follow.</summary>
    Key,
}
