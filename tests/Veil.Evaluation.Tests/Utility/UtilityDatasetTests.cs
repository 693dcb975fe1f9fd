using Veil.Errors;
using Veil.Evaluation.Utility;

namespace Veil.Evaluation.Tests.Utility;

public sealed class UtilityDatasetTests
{
    private static readonly string[] Two = ["cat", "dog"];

    [Fact]
    public void Pictures_are_parted_and_in_ordinal_order()
    {
        var dataset = Colours.Dataset(train: 9, test: 2, validation: 1, classes: Two);

        Assert.Equal((18, 2, 4), (dataset.Train.Count, dataset.Validation.Count, dataset.Test.Count));
        Assert.Equal(dataset.Train.OrderBy(picture => picture.Path, StringComparer.Ordinal), dataset.Train);
        Assert.Equal(24, dataset.Input.Files);
    }

    [Fact]
    public void The_hash_depends_on_every_picture()
    {
        Assert.Equal(Colours.Dataset().Input.Sha256, Colours.Dataset().Input.Sha256);
        Assert.NotEqual(Colours.Dataset().Input.Sha256, Colours.Dataset(test: 6).Input.Sha256);
    }

    [Fact]
    public void One_class_is_too_few() => Fails("2 classes", () => Colours.Dataset(classes: ["cat"]));

    [Fact]
    public void No_test_pictures_are_said() => Fails("test/CLASS/", () => Colours.Dataset(test: 0));

    [Fact]
    public void No_training_pictures_are_said() => Fails("train/CLASS/", () => Colours.Dataset(train: 0));

    [Fact]
    public void Small_classes_are_named_with_their_size() => Fails("'blue' (7)", () => Colours.Dataset(train: 7));

    [Fact]
    public void A_class_without_test_pictures_is_named() => Fails("'test' has no usable picture of 'dog'", () => Without("test/dog/"));

    [Fact]
    public void A_class_without_training_pictures_is_named() => Fails("'train' has no usable picture of 'cat'", () => Without("train/cat/"));

    [Fact]
    public void A_few_unusable_files_are_listed_and_many_are_refused()
    {
        var usable = All().ToList();

        Assert.Single(UtilityDataset.Create("here", Two, usable, [new("train/cat/x.png", "broken")]).Unusable);
        Fails("train/cat/0.png (broken)", () => UtilityDataset.Create("here", Two, usable, [.. Enumerable.Range(0, 5).Select(index => new UnusablePicture($"train/cat/{index}.png", "broken"))]));
    }

    [Fact]
    public void A_split_takes_the_same_share_of_every_class_and_nothing_twice()
    {
        int[] labels = [.. Enumerable.Repeat(0, 10), .. Enumerable.Repeat(1, 15), .. Enumerable.Repeat(2, 2)];

        for (var seed = 1; seed <= 20; seed++)
        {
            var (train, validation) = StratifiedSplit.Of(labels, 0.2, seed);

            Assert.Equal(Enumerable.Range(0, labels.Length), train.Concat(validation).Order());
            Assert.Equal([2, 3, 1], validation.CountBy(index => labels[index]).OrderBy(pair => pair.Key).Select(pair => pair.Value));
            Assert.Equal(validation, StratifiedSplit.Of(labels, 0.2, seed).Validation);
        }

        Assert.NotEqual(StratifiedSplit.Of(labels, 0.2, 1).Validation, StratifiedSplit.Of(labels, 0.2, 2).Validation);
    }

    private static void Fails(string words, Action create)
    {
        var error = Assert.Throws<VeilException>(create);
        Assert.Equal(VeilErrorCode.InvalidDataset, error.Code);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    private static void Without(string start) => UtilityDataset.Create("here", Two, All().Where(picture => !picture.Path.StartsWith(start, StringComparison.Ordinal)), []);

    private static IEnumerable<UtilityPicture> All() => Two.SelectMany((name, label) =>
        Enumerable.Range(0, 12).Select(index => Colours.Picture($"train/{name}/{index}.png", label, UtilitySplit.Train))
            .Concat(Enumerable.Range(0, 5).Select(index => Colours.Picture($"test/{name}/{index}.png", label, UtilitySplit.Test))));
}
