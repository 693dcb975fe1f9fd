using Veil.Errors;
using Veil.Imaging;

namespace Veil.Anonymization.Synthesis;

/// <summary>What a pixel of a picture of a person shows.</summary>
public enum PersonPart : byte
{
    /// <summary>None of the person.</summary>
    Background,

    /// <summary>Hair.</summary>
    Hair,

    /// <summary>Skin other than the face's.</summary>
    BodySkin,

    /// <summary>The skin of the face, with eyes, brows and lips.</summary>
    FaceSkin,

    /// <summary>Clothes.</summary>
    Clothes,

    /// <summary>What is worn or held beside clothes: glasses, hats, bags.</summary>
    Other,
}

/// <summary>What each pixel of a rectangle shows. Immutable.</summary>
/// <param name="Area">In the picture's coordinates.</param>
/// <param name="Parts">Of its pixels, row by row.</param>
public sealed record PersonParts(PixelRect Area, ReadOnlyMemory<PersonPart> Parts)
{
    /// <summary>How likely each pixel shows its part, of 255, in the order of <see cref="Parts"/>. Empty where nobody said: all are sure then.</summary>
    public ReadOnlyMemory<byte> Certainty { get; init; }

    /// <summary>The part at a pixel of the picture; <see cref="PersonPart.Background"/> outside the area.</summary>
    public PersonPart this[int x, int y] => Holds(x, y) ? Parts.Span[Index(x, y)] : PersonPart.Background;

    /// <summary>How likely a pixel of the picture shows its part, of 255; 0 outside the area.</summary>
    public byte CertaintyAt(int x, int y) => !Holds(x, y) ? (byte)0 : Certainty.IsEmpty ? byte.MaxValue : Certainty.Span[Index(x, y)];

    private bool Holds(int x, int y) => x >= Area.Left && y >= Area.Top && x < Area.Right && y < Area.Bottom;

    private int Index(int x, int y) => ((y - Area.Top) * Area.Width) + x - Area.Left;
}

/// <summary>Tells the parts of a person in a rectangle of a picture. Thread-safe.</summary>
/// <param name="picture">Upright, <see cref="PixelFormat.Rgb24"/>; only read.</param>
/// <param name="area">The person and some surroundings; inside the picture, not empty.</param>
/// <exception cref="VeilException"><see cref="VeilErrorCode.AnonymizationFailed"/>: the network failed.</exception>
public delegate PersonParts PersonParser(PixelBuffer picture, PixelRect area);
