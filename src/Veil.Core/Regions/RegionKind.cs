namespace Veil.Regions;

/// <summary>What a region shows.</summary>
public enum RegionKind
{
    /// <summary>A face, forehead to chin.</summary>
    Face,

    /// <summary>A whole head, hair included.</summary>
    Head,

    /// <summary>A person.</summary>
    Body,

    /// <summary>A vehicle registration plate.</summary>
    Plate,

    /// <summary>Writing.</summary>
    Text,

    /// <summary>The whole picture.</summary>
    Image,
}
