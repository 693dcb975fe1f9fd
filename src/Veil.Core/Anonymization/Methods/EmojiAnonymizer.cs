using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Numerics;
using Veil.Imaging;

namespace Veil.Anonymization.Methods;

/// <summary>Settings of <see cref="EmojiAnonymizer"/>.</summary>
public sealed record EmojiOptions : MethodOptions, IValidatableObject
{
    /// <summary>The value of <see cref="Emoji"/> that picks one per person.</summary>
    public const string Varied = "varied";

    /// <summary>Which one: a name, a code point, the emoji itself, or <see cref="Varied"/>, the default.</summary>
    [Description("which one: a name (grinning, wink, cool ...), a code point (1f600), the emoji itself, or varied per person")]
    public string Emoji { get; init; } = Varied;

    /// <summary>Colour where the emoji is transparent. Default <c>#ffcc4d</c>, the yellow of most emoji faces.</summary>
    [Description("colour where the emoji is transparent, #rrggbb or a name")]
    public Rgb Background { get; init; } = new(0xFF, 0xCC, 0x4D);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Emoji != Varied && Anonymization.Emoji.Find(Emoji) is null)
        {
            yield return new ValidationResult(
                $"Expected {Varied}, a code point such as 1f600, one emoji, or one of {string.Join(", ", Anonymization.Emoji.All.Select(emoji => emoji.Name))}, but received '{Emoji}'.",
                [nameof(Emoji)]);
        }
    }
}

/// <summary>
/// An emoji over each region, stretched to its box and turned with the eyes. A round emoji on an elliptical region fills it
/// exactly at any angle, since the turn happens in the circle that the ellipse is made of.
/// </summary>
public sealed class EmojiAnonymizer : StickerAnonymizer
{
    /// <summary>Longer shapes than this would distort a face too much; the colour fills the rest.</summary>
    private const float MaximumStretch = 1.5f;

    private readonly EmojiOptions _options;
    private readonly Sticker[] _stickers;

    private EmojiAnonymizer(EmojiOptions options, StickerLoader load)
        : base(options.Background)
    {
        _options = options;
        var wanted = options.Emoji == EmojiOptions.Varied ? Emoji.All : [Emoji.Find(options.Emoji)!];
        _stickers = [.. wanted.Select(emoji => Load(load, "emoji:" + emoji.CodePoint))];
    }

    /// <summary>The method's description.</summary>
    /// <param name="load">Opens the emoji pictures.</param>
    public static AnonymizerDescriptor Describe(StickerLoader load) => AnonymizerDescriptor.Of<EmojiOptions>(
        "emoji", "an emoji over each face, turned with it; nothing of the original is left", Guarantee.Irreversible,
        options => new EmojiAnonymizer(options, load),
        assess: null,
        new MethodPreset("face-replace/emoji", "face-replace, emoji: one smiling face over every face", new EmojiOptions { Emoji = "smile" }));

    private protected override (Sticker Sticker, Matrix3x2 ToSticker) Place(RegionCanvas canvas)
    {
        var random = canvas.Random(_options.Seed);
        var sticker = _stickers[random.Below(_stickers.Length)];
        var box = canvas.Box;
        var width = Math.Min(box.Width, box.Height * MaximumStretch);
        var height = Math.Min(box.Height, box.Width * MaximumStretch);
        var toSticker = Matrix3x2.CreateTranslation(-box.CenterX, -box.CenterY)
            * Matrix3x2.CreateScale(1 / width, 1 / height)
            * Matrix3x2.CreateRotation(-(canvas.Region.Landmarks?.Roll ?? 0))
            * Matrix3x2.CreateTranslation(0.5f, 0.5f)
            * Matrix3x2.CreateScale(sticker.Width, sticker.Height);
        return (sticker, toSticker);
    }
}
