using FsCheck;
using FsCheck.Fluent;
using Veil.Anonymization;
using Veil.Anonymization.Methods;
using Veil.Anonymization.Methods.Veiling;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Core.Tests.Anonymization.Methods;

public sealed class VeilAnonymizerTests
{
    private static readonly IAnonymizer Default = VeilAnonymizer.Describe().Create();

    [Fact]
    public void Regions_that_quantise_alike_give_identical_output()
    {
        var byTone = new Dictionary<int, byte[]>();
        Prop.ForAll<int, uint>((seed, colour) =>
        {
            using var picture = Noise(48, 56, seed, ((byte)(colour * 37), (byte)(colour * 73), (byte)(colour * 151)));
            var covered = Oval(picture, new Box(10, 8, 38, 46));
            var mean = Mean(picture, covered);
            var drawn = Covered(picture, covered, Default);
            var tone = VeilPalette.Quantize(mean.Red, mean.Green, mean.Blue);
            return byTone.TryAdd(tone, drawn) || byTone[tone].AsSpan().SequenceEqual(drawn);
        }).QuickCheckThrowOnFailure();
        Assert.InRange(byTone.Count, 4, 1 << VeilAnonymizer.Bits);
    }

    [Fact]
    public void No_more_outputs_exist_than_the_bound_allows()
    {
        var outputs = new HashSet<string>();
        for (var colour = 0; colour < 512; colour++)
        {
            using var picture = Noise(24, 24, colour, ((byte)((colour >> 6) * 36), (byte)(((colour >> 3) & 7) * 36), (byte)((colour & 7) * 36)));
            outputs.Add(Convert.ToHexString(Covered(picture, Oval(picture, new Box(5, 4, 19, 20)), Default)));
        }

        Assert.InRange(outputs.Count, 8, 1 << VeilAnonymizer.Bits);
    }

    [Fact]
    public void Pixels_that_are_not_fully_covered_are_not_looked_at()
    {
        using var one = Noise(60, 60, 1, (120, 90, 70));
        using var other = one.Clone();
        var covered = Oval(one, new Box(-5, 12, 41, 55));
        for (var y = 0; y < other.Height; y++)
        {
            var row = other.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                row[x] = covered.Mask[x / 3, y] == byte.MaxValue ? row[x] : (byte)~row[x];
            }
        }

        Assert.Equal(Covered(one, covered, Default), Covered(other, covered, Default));
    }

    [Fact]
    public void The_neutral_tone_looks_at_no_pixel()
    {
        var neutral = VeilAnonymizer.Describe().Create(new VeilOptions { Tone = VeilTone.Neutral });
        using var one = Noise(40, 40, 1, (250, 10, 10));
        using var other = Noise(40, 40, 2, (10, 250, 250));
        var covered = Oval(one, new Box(8, 8, 32, 34));
        Assert.Equal(Covered(one, covered, neutral), Covered(other, covered, neutral));
    }

    [Fact]
    public void Light_and_grain_move_along_with_the_region()
    {
        using var picture = Flat(120, 90, new Rgb(150, 120, 100));
        using var moved = picture.Clone();
        var still = Covered(picture, Oval(picture, new Box(16, 14, 48, 62), growth: 0.25f), Default);
        Assert.Equal(still, Covered(moved, Oval(moved, new Box(57, 25, 89, 73), growth: 0.25f), Default));
    }

    [Fact]
    public void A_region_that_leaves_the_picture_keeps_its_light_and_grain()
    {
        using var whole = Flat(100, 100, new Rgb(150, 120, 100));
        using var part = Flat(60, 100, new Rgb(150, 120, 100));
        var box = new Box(30, 20, 80, 80);
        var (inWhole, inPart) = (Oval(whole, box), Oval(part, box));
        Default.Apply(whole, inWhole.Region, inWhole.Mask);
        Default.Apply(part, inPart.Region, inPart.Mask);
        for (var y = 0; y < 100; y++)
        {
            Assert.Equal(whole.Row(y)[..(60 * 3)].ToArray(), part.Row(y).ToArray());
        }
    }

    [Fact]
    public void Another_seed_gives_other_light_and_grain()
    {
        using var one = Flat(60, 60, new Rgb(150, 120, 100));
        using var other = one.Clone();
        var covered = Oval(one, new Box(10, 10, 50, 50));
        Assert.NotEqual(Covered(one, covered, Default), Covered(other, covered, VeilAnonymizer.Describe().Create(new VeilOptions { Seed = 1 })));
    }

    [Fact]
    public void A_grey_picture_stays_grey()
    {
        using var picture = Noise(50, 50, 5, null);
        var covered = Oval(picture, new Box(8, 8, 40, 42));
        var drawn = Covered(picture, covered, Default);
        for (var i = 0; i < drawn.Length; i += 3)
        {
            Assert.True(drawn[i] == drawn[i + 1] && drawn[i] == drawn[i + 2]);
        }
    }

    [Fact]
    public void Without_shading_and_grain_one_step_of_dither_is_left()
    {
        var flat = VeilAnonymizer.Describe().Create(new VeilOptions { Shading = 0, Grain = 0 });
        using var picture = Flat(50, 50, new Rgb(128, 128, 128));
        var drawn = Covered(picture, Oval(picture, new Box(8, 8, 40, 42)), flat);
        Assert.InRange(drawn.Max() - drawn.Min(), 0, 2);
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1.1f)]
    public void Strengths_out_of_range_are_refused(float value)
    {
        var method = VeilAnonymizer.Describe();
        Assert.Throws<Errors.VeilException>(() => method.Create(new VeilOptions { Grain = value }));
        Assert.Throws<Errors.VeilException>(() => method.Create(new VeilOptions { Shading = value }));
    }

    private static CoveredRegion Oval(PixelBuffer picture, Box box, float growth = 0.22f) => new RegionPolicy { Growth = growth }.Cover(
        new Region(box, RegionKind.Face, 1, new RegionOrigin(RegionSource.Hand)), picture.Width, picture.Height)!;

    /// <summary>What the method drew where coverage is 255.</summary>
    private static byte[] Covered(PixelBuffer picture, CoveredRegion covered, IAnonymizer method)
    {
        method.Apply(picture, covered.Region, covered.Mask);
        var bytes = new List<byte>();
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                if (covered.Mask[x, y] == byte.MaxValue)
                {
                    bytes.AddRange(picture.Row(y).Slice(x * 3, 3));
                }
            }
        }

        return [.. bytes];
    }

    /// <summary>Plain reference: the mean over covered pixels in the inner ellipse of three quarters of the box.</summary>
    private static (float Red, float Green, float Blue) Mean(PixelBuffer picture, CoveredRegion covered)
    {
        var box = covered.Region.Box;
        var (red, green, blue, count) = (0L, 0L, 0L, 0L);
        for (var y = 0; y < picture.Height; y++)
        {
            var v = (y + 0.5f - box.CenterY) / (box.Height / 2);
            var reach = MathF.Sqrt(Math.Max(0, (0.75f * 0.75f) - (v * v))) * box.Width / 2;
            for (var x = (int)Math.Max(0, box.CenterX - reach); x < (int)Math.Min(picture.Width, box.CenterX + reach); x++)
            {
                if (covered.Mask[x, y] == byte.MaxValue)
                {
                    var pixel = picture.Row(y).Slice(x * 3, 3);
                    (red, green, blue, count) = (red + pixel[0], green + pixel[1], blue + pixel[2], count + 1);
                }
            }
        }

        return ((float)red / count, (float)green / count, (float)blue / count);
    }

    private static PixelBuffer Flat(int width, int height, Rgb colour)
    {
        var picture = new PixelBuffer(width, height, PixelFormat.Rgb24);
        for (var y = 0; y < height; y++)
        {
            System.Runtime.InteropServices.MemoryMarshal.Cast<byte, Rgb>(picture.Row(y)).Fill(colour);
        }

        return picture;
    }

    /// <summary>Noise around a colour, or grey noise.</summary>
    private static PixelBuffer Noise(int width, int height, int seed, (byte Red, byte Green, byte Blue)? around)
    {
        var random = new SplitMix64((ulong)seed);
        var picture = new PixelBuffer(width, height, PixelFormat.Rgb24);
        for (var y = 0; y < height; y++)
        {
            var row = picture.Row(y);
            for (var x = 0; x < row.Length; x += 3)
            {
                var grey = (byte)random.Next();
                (row[x], row[x + 1], row[x + 2]) = around is var (red, green, blue)
                    ? ((byte)((red * 3 / 4) + random.Below(64)), (byte)((green * 3 / 4) + random.Below(64)), (byte)((blue * 3 / 4) + random.Below(64)))
                    : (grey, grey, grey);
            }
        }

        return picture;
    }
}
