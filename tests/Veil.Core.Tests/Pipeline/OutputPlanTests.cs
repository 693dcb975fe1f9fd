using Veil.Errors;
using Veil.Pipeline;

namespace Veil.Tests.Pipeline;

public sealed class OutputPlanTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public OutputPlanTests()
    {
        _folder.Write("photos/a.jpg", "a"u8);
        _folder.Write("photos/deep/er/b.jpg", "b"u8);
        _folder.Write("more/a.jpg", "c"u8);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_is_mirrored_to_any_depth()
    {
        var plan = OutputPlan.Create([_folder["photos"]], _folder["out"]);

        Assert.Equal(["a.jpg", "deep/er/b.jpg"], plan.Items.Select(item => item.Item.Name));
        Assert.Equal([_folder["out/a.jpg"], _folder["out/deep/er/b.jpg"]], plan.Items.Select(item => item.Target));
    }

    [Fact]
    public void Several_folders_keep_their_names_so_that_equal_files_do_not_meet()
    {
        var plan = OutputPlan.Create([_folder["photos"], _folder["more"]], _folder["out"]);

        Assert.Equal(["more/a.jpg", "photos/a.jpg", "photos/deep/er/b.jpg"], plan.Items.Select(item => item.Item.Name));
    }

    [Fact]
    public void One_file_may_name_its_output_file()
    {
        var plan = OutputPlan.Create([_folder["photos/a.jpg"]], _folder["a-anonymized.jpg"]);

        Assert.Equal(_folder["a-anonymized.jpg"], Assert.Single(plan.Items).Target);
        Assert.Null(plan.Folder);
    }

    [Fact]
    public void One_file_into_a_folder_keeps_its_name()
    {
        Assert.Equal(_folder["out/a.jpg"], Assert.Single(OutputPlan.Create([_folder["photos/a.jpg"]], _folder["out/"]).Items).Target);
        Assert.Equal(_folder["more/a.jpg"], Assert.Single(OutputPlan.Create([_folder["photos/a.jpg"]], _folder["more"]).Items).Target);
    }

    [Fact]
    public void Writing_into_the_source_folder_is_refused() =>
        Refused(() => OutputPlan.Create([_folder["photos"]], _folder["photos"]), "source folder");

    [Fact]
    public void Overwriting_the_input_itself_is_refused() =>
        Refused(() => OutputPlan.Create([_folder["photos/a.jpg"]], _folder["photos/a.jpg"]), "source folder");

    [Fact]
    public void Two_inputs_for_one_output_are_refused() =>
        Refused(() => OutputPlan.Create([_folder["photos/a.jpg"], _folder["more/a.jpg"]], _folder["out"]), "would both be written");

    [Fact]
    public void Another_format_changes_the_extension_and_two_that_meet_by_it_are_refused()
    {
        Assert.Equal(_folder["out/a.png"], OutputPlan.Create([_folder["photos"]], _folder["out"], ".png").Items[0].Target);
        _folder.Write("photos/a.webp", "w"u8);
        Refused(() => OutputPlan.Create([_folder["photos"]], _folder["out"], ".png"), "would both be written");
    }

    [Fact]
    public void An_output_folder_among_the_inputs_is_not_searched()
    {
        _folder.Write("photos/out/.veil-journal.jsonl", "{}"u8);
        _folder.Write("photos/out/a.jpg", "result"u8);

        Assert.Equal(2, OutputPlan.Create([_folder["photos"]], _folder["photos/out"]).Items.Count);
    }

    [Fact]
    public void An_output_folder_among_the_inputs_that_holds_other_files_is_refused() =>
        Refused(() => OutputPlan.Create([_folder["photos"]], _folder["photos/deep"]), "did not write");

    [Fact]
    public void A_missing_input_is_named() =>
        Refused(() => OutputPlan.Create([_folder["nowhere"]], _folder["out"]), "nowhere", VeilErrorCode.UnreadableInput);

    [Fact]
    public void Links_to_folders_are_not_followed()
    {
        Directory.CreateSymbolicLink(_folder["photos/round"], _folder["photos"]);

        Assert.Equal(2, OutputPlan.Create([_folder["photos"]], _folder["out"]).Items.Count);
    }

    [Fact]
    public void Standard_input_goes_to_standard_output()
    {
        var planned = Assert.Single(OutputPlan.Create(["-"], "-").Items);

        Assert.Equal((MediaItem.StandardInput, MediaItem.StandardInput), (planned.Item.Path, planned.Target));
    }

    private static void Refused(Action plan, string because, VeilErrorCode code = VeilErrorCode.InvalidOption)
    {
        var error = Assert.Throws<VeilException>(plan);
        Assert.Equal(code, error.Code);
        Assert.Contains(because, error.Message, StringComparison.Ordinal);
    }
}
