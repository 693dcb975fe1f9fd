using Veil.Errors;
using Veil.Evaluation.Privacy.Verification;

namespace Veil.Evaluation.Tests.Privacy.Verification;

public sealed class LfwPairsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Folds_begin_with_pairs_of_the_same_person()
    {
        var folds = Read("2\t1\nA_B\t1\t2\nA_B\t1\tC\t3\nC\t1\t3\n\nD\t4\tC\t1\n");
        Assert.Equal([[new("A_B", 1, "A_B", 2), new("A_B", 1, "C", 3)], [new("C", 1, "C", 3), new NamedPair("D", 4, "C", 1)]], folds);
        Assert.True(folds[0][0].Same && !folds[0][1].Same);
    }

    [Theory]
    [InlineData("", "0")]
    [InlineData("2\t1\nA\t1\t2\nA\t1\tC\t3\n", "line 3")]
    [InlineData("1\t1\nA\t1\tB\t2\n", "line 2")]
    [InlineData("1\t1\nA\t1\tx\nB\t1\tC\t1\n", "line 2")]
    [InlineData("1\t1\nA\t1\t0\n", "line 2")]
    [InlineData("1\t1\nA\t1\t2\nA\t1\tC\t3\nA\t1\t2\n", "line 4")]
    [InlineData("2000000000\t2000000000\n", "at most")]
    [InlineData("a b c\n", "line 1")]
    public void What_is_no_such_list_is_refused_with_the_line(string text, string named)
    {
        var error = Assert.Throws<VeilException>(() => Read(text));
        Assert.Equal(VeilErrorCode.InvalidGroundTruth, error.Code);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    private IReadOnlyList<IReadOnlyList<NamedPair>> Read(string text)
    {
        File.WriteAllText(_folder["pairs.txt"], text);
        return LfwPairs.Read(_folder["pairs.txt"]);
    }
}
