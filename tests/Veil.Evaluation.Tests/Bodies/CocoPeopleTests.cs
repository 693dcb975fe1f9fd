using System.Text;
using Veil.Errors;
using Veil.Evaluation.Bodies;
using Veil.Regions;

namespace Veil.Evaluation.Tests.Bodies;

public sealed class CocoPeopleTests
{
    private const string Categories = "\"categories\":[{\"id\":3,\"name\":\"car\"},{\"id\":7,\"name\":\"person\"}]";

    [Fact]
    public void People_are_read_by_the_name_of_their_category_and_pictures_without_any_stay()
    {
        var pictures = Read($$"""
            {"images":[{"id":5,"file_name":"a.jpg"},{"id":6,"file_name":"b.jpg"}],{{Categories}},
             "annotations":[{"image_id":5,"category_id":7,"bbox":[1,2,3,4],"iscrowd":0},{"image_id":5,"category_id":3,"bbox":[0,0,9,9]},
                            {"image_id":5,"category_id":7,"bbox":[10,20,30,40],"iscrowd":1}]}
            """);
        Assert.Equal(["a.jpg", "b.jpg"], pictures.Select(picture => Path.GetFileName(picture.File)));
        Assert.Equal([new MarkedBody(new Box(1, 2, 4, 6), false), new MarkedBody(new Box(10, 20, 40, 60), true)], pictures[0].Bodies);
        Assert.Empty(pictures[1].Bodies);
    }

    [Theory]
    [InlineData("[]", "")]
    [InlineData("{", "")]
    [InlineData("{\"images\":[],\"annotations\":[],\"categories\":[]}", "person")]
    [InlineData("{\"images\":[],\"annotations\":[]," + Categories + "}", "no picture")]
    [InlineData("{\"images\":[{\"id\":1,\"file_name\":\"a\"},{\"id\":1,\"file_name\":\"b\"}],\"annotations\":[]," + Categories + "}", "twice")]
    [InlineData("{\"images\":[{\"id\":1,\"file_name\":\"a\"}],\"annotations\":[{\"image_id\":2,\"category_id\":7,\"bbox\":[1,2,3,4]}]," + Categories + "}", "image 2")]
    [InlineData("{\"images\":[{\"id\":1,\"file_name\":\"a\"}],\"annotations\":[{\"id\":9,\"image_id\":1,\"category_id\":7,\"bbox\":[1,2,3]}]," + Categories + "}", "annotation 9")]
    public void What_is_no_such_file_says_what_was_expected(string json, string words)
    {
        var error = Assert.Throws<VeilException>(() => Read(json));
        Assert.Equal(VeilErrorCode.InvalidGroundTruth, error.Code);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_lie_beside_the_annotations() => Assert.Equal(
        (Path.Combine(Path.GetTempPath(), "c", "val2017"), Path.Combine(Path.GetTempPath(), "c", "annotations")),
        (CocoPeople.PicturesOf(Path.Combine(Path.GetTempPath(), "c", "annotations", "instances_val2017.json")), CocoPeople.PicturesOf(Path.Combine(Path.GetTempPath(), "c", "annotations", "mine.json"))));

    private static IReadOnlyList<MarkedPicture> Read(string json)
    {
        using var folder = new TemporaryFolder();
        return CocoPeople.Read(folder.Write("truth.json", Encoding.UTF8.GetBytes(json)), "pictures");
    }
}
