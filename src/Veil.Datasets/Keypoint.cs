namespace Veil.Datasets;

/// <summary>How well a body point is seen.</summary>
public enum KeypointState
{
    /// <summary>Not labelled: its coordinates mean nothing.</summary>
    Absent,

    /// <summary>Labelled, but hidden behind something.</summary>
    Hidden,

    /// <summary>Labelled and visible.</summary>
    Visible,
}

/// <summary>A body point in pixel-edge coordinates.</summary>
/// <param name="X">From the left edge, pixels.</param>
/// <param name="Y">From the top edge, pixels.</param>
/// <param name="State">Whether it is known and seen.</param>
public readonly record struct Keypoint(double X, double Y, KeypointState State);
