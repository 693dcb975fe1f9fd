using FsCheck;
using FsCheck.Fluent;
using Veil.Identity;

namespace Veil.Tests.Identity;

public sealed class FaceEmbeddingTests
{
    [Fact]
    public void Length_does_not_matter_and_similarity_is_the_cosine()
    {
        var a = FaceEmbedding.Of([3, 4, 0])!;

        Assert.Equal(1, a.Similarity(FaceEmbedding.Of([30, 40, 0])!), 5);
        Assert.Equal(0, a.Similarity(FaceEmbedding.Of([0, 0, 2])!), 5);
        Assert.Equal(-1, a.Similarity(FaceEmbedding.Of([-3, -4, 0])!), 5);
    }

    [Fact]
    public void Vectors_without_direction_are_none()
    {
        Assert.Null(FaceEmbedding.Of([0, 0, 0]));
        Assert.Null(FaceEmbedding.Of([1, float.NaN]));
        Assert.Null(FaceEmbedding.Of([1, float.PositiveInfinity]));
        Assert.Null(FaceEmbedding.Of([]));
    }

    [Fact]
    public void The_fast_product_is_the_plain_one() =>
        Prop.ForAll(ArbMap.Default.ArbFor<(sbyte A, sbyte B)[]>(), pairs =>
        {
            var (a, b) = (pairs.Select(pair => (float)pair.A).ToArray(), pairs.Select(pair => (float)pair.B).ToArray());
            return FaceEmbedding.Dot(a, b) == a.Zip(b, (x, y) => x * y).Sum();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Vectors_of_different_networks_are_not_compared()
    {
        Assert.Throws<ArgumentException>(() => FaceEmbedding.Of([1, 2])!.Similarity(FaceEmbedding.Of([1, 2, 3])!));
        Assert.Throws<ArgumentException>(() => new PersonGallery([[FaceEmbedding.Of([1, 2])!], [FaceEmbedding.Of([1, 2, 3])!]]));
    }

    [Fact]
    public void A_gallery_has_somebody_and_everybody_in_it_a_photo()
    {
        Assert.Throws<ArgumentException>(() => new PersonGallery([]));
        Assert.Throws<ArgumentException>(() => new PersonGallery([[FaceEmbedding.Of([1])!], []]));
    }

    [Fact]
    public void The_nearest_person_is_that_of_the_best_photo()
    {
        var gallery = new PersonGallery([[FaceEmbedding.Of([1, 0])!], [FaceEmbedding.Of([-1, 0])!, FaceEmbedding.Of([0.6f, 0.8f])!]]);

        Assert.Equal((2, 3), (gallery.Count, gallery.Photos));
        Assert.Equal(1, gallery.Nearest(FaceEmbedding.Of([0, 1])!).Person);
        Assert.Equal(0.8f, gallery.Nearest(FaceEmbedding.Of([0, 1])!).Similarity, 5);
    }

    [Theory]
    [InlineData(0.5f, PersonVerdict.Listed)]
    [InlineData(0.499f, PersonVerdict.Undecided)]
    [InlineData(0.25f, PersonVerdict.Undecided)]
    [InlineData(0.249f, PersonVerdict.Stranger)]
    [InlineData(float.NaN, PersonVerdict.Undecided)]
    public void Between_listed_and_stranger_lies_a_margin(float similarity, PersonVerdict verdict) =>
        Assert.Equal(verdict, new PersonPolicy().Judge(similarity));
}
