using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Veil.Anonymization;

/// <summary>The range of a <see cref="Length"/> option: one for fractions of the region, one for pixels, both inclusive.</summary>
/// <param name="relativeMinimum">Smallest fraction.</param>
/// <param name="relativeMaximum">Largest fraction.</param>
/// <param name="pixelMinimum">Smallest number of pixels.</param>
/// <param name="pixelMaximum">Largest number of pixels.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LengthRangeAttribute(double relativeMinimum, double relativeMaximum, double pixelMinimum, double pixelMaximum) : ValidationAttribute
{
    /// <summary>Smallest fraction.</summary>
    public double RelativeMinimum { get; } = relativeMinimum;

    /// <summary>Largest fraction.</summary>
    public double RelativeMaximum { get; } = relativeMaximum;

    /// <summary>Smallest number of pixels.</summary>
    public double PixelMinimum { get; } = pixelMinimum;

    /// <summary>Largest number of pixels.</summary>
    public double PixelMaximum { get; } = pixelMaximum;

    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is Length length && (length.Unit == LengthUnit.Relative
        ? length.Value >= (float)RelativeMinimum && length.Value <= (float)RelativeMaximum
        : length.Value >= (float)PixelMinimum && length.Value <= (float)PixelMaximum);

    /// <inheritdoc/>
    public override string FormatErrorMessage(string name) => $"Expected {name} within {this}.";

    /// <summary>The range in words: <c>0.01..1, or 1px..999px</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{RelativeMinimum}..{RelativeMaximum}, or {PixelMinimum}px..{PixelMaximum}px");
}
