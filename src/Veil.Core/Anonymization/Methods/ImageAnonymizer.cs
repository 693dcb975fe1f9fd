using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Numerics;
using Veil.Imaging;

namespace Veil.Anonymization.Methods;

/// <summary>How a picture fills a region's box.</summary>
public enum PictureFit
{
    /// <summary>As large as the box needs, cut at its border; proportions kept.</summary>
    Cover,

    /// <summary>As large as fits inside; proportions kept, the background fills the rest.</summary>
    Contain,

    /// <summary>Stretched to the box.</summary>
    Stretch,
}

/// <summary>Settings of <see cref="ImageAnonymizer"/>.</summary>
public sealed record ImageOptions : MethodOptions, IValidatableObject
{
    /// <summary>Path of the picture. Required.</summary>
    [Description("path of the picture; required")]
    public string Picture { get; init; } = "";

    /// <summary>How it fills the box. Default <see cref="PictureFit.Cover"/>.</summary>
    [Description("how the picture fills the region's box")]
    public PictureFit Fit { get; init; }

    /// <summary>Colour where the picture is transparent or does not reach. Default mid-grey.</summary>
    [Description("colour where the picture is transparent or does not reach, #rrggbb or a name")]
    public Rgb Background { get; init; } = new(128, 128, 128);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(Picture))
        {
            yield return new ValidationResult("Expected the path of a picture in option picture, but received none.", [nameof(Picture)]);
        }
    }
}

/// <summary>A picture of the user's choice over each region, upright.</summary>
public sealed class ImageAnonymizer : StickerAnonymizer
{
    private readonly PictureFit _fit;
    private readonly Sticker _sticker;

    private ImageAnonymizer(ImageOptions options, StickerLoader load)
        : base(options.Background)
    {
        (_fit, _sticker) = (options.Fit, Load(load, options.Picture));
    }

    /// <summary>The method's description.</summary>
    /// <param name="load">Opens the picture.</param>
    public static AnonymizerDescriptor Describe(StickerLoader load) => AnonymizerDescriptor.Of<ImageOptions>(
        "image", "a picture of your choice over each region; nothing of the original is left", Guarantee.Irreversible,
        options => new ImageAnonymizer(options, load)) with
    {
        Needs = MethodNeeds.UsersFiles,
        Files = options => [((ImageOptions)options).Picture],
    };

    private protected override (Sticker Sticker, Matrix3x2 ToSticker) Place(RegionCanvas canvas)
    {
        var box = canvas.Box;
        var (x, y) = (_sticker.Width / Math.Max(box.Width, 1e-3f), _sticker.Height / Math.Max(box.Height, 1e-3f));
        (x, y) = _fit switch
        {
            PictureFit.Cover => (Math.Min(x, y), Math.Min(x, y)),
            PictureFit.Contain => (Math.Max(x, y), Math.Max(x, y)),
            _ => (x, y),
        };
        var toSticker = Matrix3x2.CreateTranslation(-box.CenterX, -box.CenterY)
            * Matrix3x2.CreateScale(x, y)
            * Matrix3x2.CreateTranslation(_sticker.Width / 2f, _sticker.Height / 2f);
        return (_sticker, toSticker);
    }
}
