using System.Numerics;
using Veil.Anonymization.Methods;
using Veil.Anonymization.Methods.Veiling;

namespace Veil.Core.Tests.Anonymization.Methods.Veiling;

public sealed class VeilPaletteTests
{
    [Fact]
    public void A_tone_is_a_number_of_as_many_bits_as_the_method_states()
    {
        var tones = new HashSet<int>();
        for (var colour = 0; colour < 1 << 15; colour++)
        {
            tones.Add(VeilPalette.Quantize((colour >> 10) * 255f / 31, ((colour >> 5) & 31) * 255f / 31, (colour & 31) * 255f / 31));
        }

        Assert.Equal(Enumerable.Range(0, 1 << VeilAnonymizer.Bits), tones.Order());
    }

    /// <summary>Warm tones are drawn paler than they are, as the skin tone of the same lightness.</summary>
    [Fact]
    public void A_drawn_tone_is_measured_as_itself_or_if_warm_as_skin() => Assert.All(Enumerable.Range(0, VeilPalette.Count), tone =>
    {
        var colour = VeilPalette.Ink(tone).Base;
        var expected = tone is 5 or 9 or 13 ? tone - 1 : tone;
        Assert.Equal(expected, VeilPalette.Quantize(colour.X, colour.Y, colour.Z));
    });

    [Fact]
    public void Colours_drawn_stay_within_8_bits() => Assert.All(Enumerable.Range(0, VeilPalette.Count), tone =>
    {
        var colour = VeilPalette.Ink(tone).Base;
        Assert.Equal(colour, Vector3.Clamp(colour, Vector3.Zero, new Vector3(255)));
    });

    [Fact]
    public void The_neutral_tone_is_grey()
    {
        var ink = VeilPalette.Ink(VeilPalette.Neutral);
        Assert.Equal(new Vector3(ink.Base.X), ink.Base);
        Assert.Equal(Vector3.One, ink.Slope);
    }
}
