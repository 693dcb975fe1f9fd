namespace Veil.Datasets.Tests;

public class SplitNameTests
{
    [Theory]
    [InlineData("train", "train", true)]
    [InlineData("train2017", "train", true)]
    [InlineData("Train2017", "train", true)]
    [InlineData("train2017", "train2017", true)]
    [InlineData("train_extra", "train", false)]
    [InlineData("trainval", "train", false)]
    [InlineData("val2017", "train", false)]
    [InlineData("", "train", false)]
    [InlineData("", "", true)]
    [InlineData("2017", "", false)]
    public void A_split_is_asked_for_by_its_name_without_the_year(string split, string asked, bool matches) =>
        Assert.Equal(matches, SplitName.Matches(split, asked));
}
