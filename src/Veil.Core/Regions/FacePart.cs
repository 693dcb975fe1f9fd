namespace Veil.Regions;

/// <summary>Which part of a face is covered.</summary>
public enum FacePart
{
    /// <summary>All of it.</summary>
    Whole,

    /// <summary>The eyes with their lids; all of the region where they cannot be told.</summary>
    Eyes,
}
