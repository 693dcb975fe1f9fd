using Veil.Anonymization;
using Veil.Anonymization.Methods;
using Veil.Errors;
using Veil.Regions;

namespace Veil.Core.Tests.Anonymization.Methods;

public sealed class KSameAnonymizerTests
{
    private static readonly Box Place = new(20, 20, 60, 70);

    [Fact]
    public void A_gallery_is_required_and_fewer_than_k_people_are_an_error()
    {
        var none = Assert.Throws<VeilException>(() => Method([.. People(3)]).Create());
        Assert.Contains("gallery", none.Message, StringComparison.Ordinal);
        var few = Assert.Throws<VeilException>(() => Create([.. People(3)], k: 4));
        Assert.Equal(VeilErrorCode.InvalidOption, few.Code);
        Assert.Contains("k=4", few.Message, StringComparison.Ordinal);
        Assert.Contains("received 3", few.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Photos_of_the_same_person_count_once_and_unusable_ones_not_at_all()
    {
        GalleryPhoto[] photos = [.. People(3), .. People(2).Select(photo => photo with { Face = photo.Face! with { Person = 1 } }), .. People(1), new("empty.jpg", null, null)];
        photos[0] = photos[0] with { Face = photos[0].Face! with { Person = 1 } };
        var error = Assert.Throws<VeilException>(() => Create(photos, k: 4));
        Assert.Contains("received 3", error.Message, StringComparison.Ordinal);
        var remarks = Create([.. People(3), .. People(1), new("empty.jpg", null, null)], k: 3).Remarks;
        Assert.Contains("1 photos without exactly one clear face", Assert.Single(remarks), StringComparison.Ordinal);
        Assert.Contains("1 more photos of the same people", remarks[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Two_people_of_one_tone_get_the_same_pixels()
    {
        var method = Create([.. People(6)], k: 3);
        using var one = FacePictures.Plain(80, 90);
        using var other = FacePictures.Plain(80, 90);
        FacePictures.Mark(one, Place, who: 0);
        FacePictures.Mark(other, Place, who: 3);
        var covered = FacePictures.Cover(Place, one);

        method.Apply(one, covered.Region, covered.Mask);
        method.Apply(other, covered.Region, covered.Mask);

        for (var y = 0; y < one.Height; y++)
        {
            for (var x = 0; x < one.Width; x++)
            {
                Assert.True(covered.Mask[x, y] < 255 || one.Row(y).Slice(3 * x, 3).SequenceEqual(other.Row(y).Slice(3 * x, 3)));
            }
        }
    }

    [Fact]
    public void Somebody_known_keeps_a_face_however_bright_the_picture_is()
    {
        var method = Create([.. People(12)], k: 3);
        int Look(byte light, int person)
        {
            using var picture = FacePictures.Plain(80, 90);
            picture.Span.Fill(light);
            var covered = FacePictures.Cover(Place, picture);
            method.Apply(picture, covered.Region with { Person = person }, covered.Mask);
            return FacePictures.Who(picture, Place);
        }

        Assert.All(Enumerable.Range(0, 6), person => Assert.Equal(Look(90, person), Look(170, person)));
    }

    [Fact]
    public void Following_contours_is_warned_of()
    {
        var method = Method([]);
        Assert.Null(method.Assess(new KSameOptions { Gallery = "some" }));
        Assert.Contains("5.1 %", method.Assess(new KSameOptions { Gallery = "some", Shape = KSameShape.Followed })!.Message, StringComparison.Ordinal);
    }

    private static IAnonymizer Create(GalleryPhoto[] photos, int k) => Method(photos).Create(new KSameOptions { Gallery = "some", K = k });

    private static AnonymizerDescriptor Method(GalleryPhoto[] photos) => KSameAnonymizer.Describe(() => _ => photos);

    // Each person has a spot in one place, so that averages differ.
    private static IEnumerable<GalleryPhoto> People(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var picture = FacePictures.Plain(80, 90);
            FacePictures.Mark(picture, Place, who: i / 3 % 4);
            picture.Row(0)[0] = (byte)i;
            yield return new GalleryPhoto($"{i}.jpg", picture, FacePictures.Face(Place));
        }
    }
}
