using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Numerics;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Anonymization.Methods;

/// <summary>Settings of <see cref="EmojiAnonymizer"/>.</summary>
public sealed record EmojiOptions : MethodOptions
{
    /// <summary>The value of <see cref="Emoji"/> that picks one of <see cref="EmojiAnonymizer.Faces"/> per person.</summary>
    public const string Varied = "varied";

    /// <summary>Which one, by a name that the loader of stickers knows, or <see cref="Varied"/>, the default.</summary>
    [Required, Description("which one, by name (smile, cool, cat ...), or varied per person")]
    public string Emoji { get; init; } = Varied;

    /// <summary>Colour where the emoji is transparent. Default <c>#ffcc4d</c>, the yellow of most emoji faces.</summary>
    [Description("colour where the emoji is transparent, #rrggbb or a name")]
    public Rgb Background { get; init; } = new(0xFF, 0xCC, 0x4D);
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
        IReadOnlyList<string> wanted = options.Emoji == EmojiOptions.Varied ? Faces : [options.Emoji];
        _stickers = [.. wanted.Select(name => Load(load, name))];
    }

    /// <summary>The emoji that vary per person: round faces, which fill an ellipse. Every loader of stickers knows them.</summary>
    public static IReadOnlyList<string> Faces { get; } = ["smile", "cool", "grin", "happy", "mask", "neutral", "silent"];

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
            * Matrix3x2.CreateRotation(-(Roll(canvas.Region)))
            * Matrix3x2.CreateTranslation(0.5f, 0.5f)
            * Matrix3x2.CreateScale(sticker.Width, sticker.Height);
        return (sticker, toSticker);
    }

    /// <summary>From the dense points where there are some: the middle of sixteen points is steadier than a detector's one.</summary>
    private static float Roll(Region region) => (region.Points?.ToLandmarks() ?? region.Landmarks)?.Roll ?? 0;
}
