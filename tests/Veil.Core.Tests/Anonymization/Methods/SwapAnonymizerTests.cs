using Veil.Anonymization;
using Veil.Anonymization.Methods;
using Veil.Errors;
using Veil.Regions;

namespace Veil.Core.Tests.Anonymization.Methods;

public sealed class SwapAnonymizerTests
{
    private static readonly Box[] Places = [new(20, 20, 60, 70), new(90, 20, 130, 70), new(160, 20, 200, 70)];

    [Fact]
    public void One_face_alone_is_an_error_and_so_is_one_found_twice()
    {
        using var picture = FacePictures.Plain(220, 90);
        var face = FacePictures.Cover(Places[0], picture);
        var twice = FacePictures.Cover(Places[0].Offset(4, 3), picture);
        foreach (var covered in new[] { new[] { face }, [face, twice] })
        {
            var error = Assert.Throws<VeilException>(() => Swap().Apply(picture, covered, []));
            Assert.Equal(VeilErrorCode.AnonymizationFailed, error.Code);
            Assert.Contains("only one face", error.Message, StringComparison.Ordinal);
            Assert.Contains("veil", error.Hint, StringComparison.Ordinal);
        }

        Assert.Throws<VeilException>(() => Swap().Apply(picture, face.Region, face.Mask));
    }

    [Fact]
    public void No_face_is_nothing_to_do()
    {
        using var picture = FacePictures.Plain(20, 20);
        Swap().Apply(picture, [], []);
    }

    [Theory]
    [InlineData(SwapOrder.Found)]
    [InlineData(SwapOrder.Similar)]
    public void Each_takes_the_next_ones_face_and_the_last_the_firsts(SwapOrder order)
    {
        using var picture = FacePictures.Plain(220, 90);
        for (var i = 0; i < Places.Length; i++)
        {
            FacePictures.Mark(picture, Places[i], who: i);
        }

        Swap(order).Apply(picture, [.. Places.Select(place => FacePictures.Cover(place, picture))], []);

        Assert.Equal([1, 2, 0], Places.Select(place => FacePictures.Who(picture, place)));
    }

    [Fact]
    public void A_face_found_twice_takes_part_once()
    {
        using var picture = FacePictures.Plain(220, 90);
        FacePictures.Mark(picture, Places[0], who: 0);
        FacePictures.Mark(picture, Places[1], who: 1);

        Swap(SwapOrder.Found).Apply(picture, [.. new[] { Places[0], Places[0].Offset(2, 1), Places[1] }.Select(place => FacePictures.Cover(place, picture))], []);

        Assert.Equal([1, 0], Places.Take(2).Select(place => FacePictures.Who(picture, place)));
    }

    [Fact]
    public void Only_what_it_says_is_read()
    {
        using var picture = FacePictures.Plain(220, 90);
        CoveredRegion[] covered = [.. Places.Take(2).Select(place => FacePictures.Cover(place, picture))];
        using var other = picture.Clone();
        var method = Swap();
        for (var y = 0; y < other.Height; y++)
        {
            for (var x = 0; x < other.Width; x++)
            {
                if (covered.All(one => method.Reads(one.Region, one.Mask) is var reads && (x < reads.Left || x >= reads.Right || y < reads.Top || y >= reads.Bottom)))
                {
                    other.Row(y)[x * 3] ^= 255;
                }
            }
        }

        method.Apply(picture, covered, []);
        method.Apply(other, covered, []);

        foreach (var mask in covered.Select(one => one.Mask))
        {
            for (var y = mask.Bounds.Top; y < mask.Bounds.Bottom; y++)
            {
                Assert.Equal(picture.Row(y)[(mask.Bounds.Left * 3)..(mask.Bounds.Right * 3)].ToArray(), other.Row(y)[(mask.Bounds.Left * 3)..(mask.Bounds.Right * 3)].ToArray());
            }
        }
    }

    private static IPictureAnonymizer Swap(SwapOrder order = SwapOrder.Similar) =>
        (IPictureAnonymizer)SwapAnonymizer.Describe().Create(new SwapOptions { Order = order });
}
