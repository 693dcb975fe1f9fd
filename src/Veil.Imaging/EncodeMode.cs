namespace Veil.Imaging;

/// <summary>How much of a picture is coded anew.</summary>
public enum EncodeMode
{
    /// <summary>As little as possible: of a JPEG only the blocks that a region touches, where its kind allows.</summary>
    Auto,

    /// <summary>All of it.</summary>
    Full,
}
