using Veil.Errors;
using Veil.Regions;
using Veil.Writing;

namespace Veil.Core.Tests.Writing;

public class WritingChooserTests
{
    [Fact]
    public void What_matches_is_hidden_and_the_rest_stays()
    {
        Assert.Equal(["Anna Meier"], Hidden("meier", Piece(0, 0, "Anna Meier"), Piece(0, 100, "EXIT")));
        Assert.Empty(Hidden("meier", Piece(0, 100, "EXIT")));
    }

    [Fact]
    public void What_is_not_surely_read_is_hidden_and_so_is_its_row()
    {
        Assert.Equal(["E?IT"], Hidden("x{9}", Piece(0, 0, "E?IT", 0.5f), Piece(0, 100, "EXIT")));
        Assert.Equal([""], Hidden("x{9}", Piece(0, 0, "", 0), Piece(0, 100, "EXIT")));
        Assert.Equal(["Tel.", "0?1"], Hidden("x{9}", Piece(0, 0, "Tel."), Piece(110, 0, "0?1", 0.5f), Piece(0, 100, "EXIT")));
    }

    [Fact]
    public void What_is_looked_for_may_reach_over_pieces_of_a_row_and_only_those_are_hidden()
    {
        Assert.Equal(["030", "1234567"], Hidden(@"\d{3} \d{7}", Piece(220, 2, "1234567"), Piece(110, 0, "030"), Piece(0, 0, "Tel.")).Order());
        Assert.Equal(["0301", "234"], Hidden(@"\d{7}", Piece(0, 0, "0301"), Piece(110, 0, "234")));
    }

    [Theory]
    [InlineData(400, 0)]
    [InlineData(110, 40)]
    public void Pieces_far_apart_or_in_another_row_are_not_one_text(float left, float top) =>
        Assert.Empty(Hidden(@"\d{7}", Piece(0, 0, "0301"), Piece(left, top, "234")));

    [Fact]
    public void Pieces_of_a_row_that_runs_upwards_are_matched_in_both_directions()
    {
        Assert.Equal(["0301", "234"], Hidden(@"\d{7}", Tall(0, "0301"), Tall(110, "234")));
        Assert.Equal(["0301", "234"], Hidden(@"\d{7}", Tall(110, "0301"), Tall(0, "234")));
    }

    [Fact]
    public void Case_counts_where_the_rule_says_so()
    {
        Assert.Empty(new WritingChooser(new WritingRule(["meier"], LetterCase.Exact)).Hidden([Piece(0, 0, "MEIER")]));
        Assert.Single(new WritingChooser(new WritingRule(["meier"])).Hidden([Piece(0, 0, "MEIER")]));
    }

    [Fact]
    public void An_empty_match_hides_what_it_stands_before() => Assert.Equal(["EXIT"], Hidden("q*", Piece(0, 0, "EXIT")));

    [Theory]
    [InlineData("(")]
    [InlineData(@"(a)\1")]
    [InlineData("(?=a)b")]
    public void What_is_no_pattern_or_could_take_for_ever_is_refused(string pattern)
    {
        var error = Assert.Throws<VeilException>(() => new WritingRule([pattern]));
        Assert.Equal(VeilErrorCode.InvalidOption, error.Code);
        Assert.Contains(pattern, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1.1f)]
    [InlineData(float.NaN)]
    public void A_certainty_out_of_range_is_refused(float certainty) =>
        Assert.Equal(VeilErrorCode.InvalidOption, Assert.Throws<VeilException>(() => new WritingRule(["a"], LetterCase.Ignored, certainty)).Code);

    private static ReadRegion Piece(float left, float top, string text, float certainty = 0.99f) => At(Box.FromSize(left, top, 100, 20), text, certainty);

    private static ReadRegion Tall(float top, string text) => At(Box.FromSize(0, top, 20, 100), text, 0.99f);

    private static ReadRegion At(Box box, string text, float certainty) =>
        new(new Region(box, RegionKind.Text, 1, new RegionOrigin(RegionSource.Detector, text)), new LineReading(text, certainty));

    private static IEnumerable<string> Hidden(string pattern, params ReadRegion[] pieces) =>
        new WritingChooser(new WritingRule([pattern])).Hidden(pieces).Select(region => region.Origin.Name);
}
