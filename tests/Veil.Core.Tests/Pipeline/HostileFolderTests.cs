using Veil.Errors;
using Veil.Pipeline;

namespace Veil.Tests.Pipeline;

public sealed class HostileFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public HostileFolderTests() => _folder.Write("in/a.jpg", "a"u8);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Links_to_files_are_inputs_wherever_they_lead_and_links_to_folders_are_not_followed()
    {
        _folder.Write("elsewhere/b.jpg", "b"u8);
        Assert.True(Shell.Run(_folder["in"], "ln -s ../elsewhere/b.jpg out.jpg; ln -s nowhere dangling.jpg; ln -s loop.jpg loop.jpg; ln -s ../elsewhere folder; ln -s . self"));

        Assert.Equal(["a.jpg", "dangling.jpg", "loop.jpg", "out.jpg"], Plan().Items.Select(item => item.Item.Name));
    }

    [Fact]
    public void Names_that_are_not_utf8_are_failures_and_each_is_told()
    {
        Assert.True(Shell.Run(_folder["in"], @"touch $'x\xff.jpg' $'x\xfe.jpg'; mkdir $'d\xff'; touch $'d\xff/inside.jpg'; printf 'x\xef\xbf\xbd.jpg' | xargs touch"));

        var items = Plan().Items;

        // .NET cannot delete them either.
        Assert.True(Shell.Run(_folder.FullPath, "rm -r in"));
        var problems = items.Where(item => item.Problem is not null).ToList();
        Assert.Equal(3, problems.Count);
        Assert.All(problems, item => Assert.Null(item.Target));
        Assert.All(problems, item => Assert.Contains("UTF-8", item.Problem!.Message, StringComparison.Ordinal));
        Assert.Equal(items.Count, items.Select(item => item.Item.Name).Distinct().Count());
        Assert.Equal(["a.jpg", "x\uFFFD.jpg"], items.Where(item => item.Problem is null).Select(item => item.Item.Name));
    }

    [Fact]
    public void Names_with_dots_backslashes_and_newlines_stay_in_the_output_folder()
    {
        Assert.True(Shell.Run(_folder["in"], @"touch -- 'a..b.jpg' '..\..\c.jpg' $'new\nline.jpg' '-o' 'x..'; mkdir 'd..'; touch 'd../e.jpg'"));

        // One begins with a dot: hidden.
        Assert.Equal(6, Plan().Items.Count);
        Assert.All(Plan().Items, item => Assert.StartsWith(_folder["out/"], Path.GetFullPath(item.Target!), StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_that_cannot_be_searched_is_a_failure_and_the_others_go_on()
    {
        var found = FolderSearch.Find(_folder["gone"], null).ToList();

        Assert.Contains("cannot be searched", Assert.Single(found).Problem!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ln -s in link", "link")]
    [InlineData("ln -s in link; ln -s link link2", "link2")]
    [InlineData("mkdir real; ln -s ../in real/deep", "real/deep")]
    [InlineData("ln -s . round", "round/in")]
    public void An_output_folder_that_is_the_source_by_another_name_is_refused(string script, string output)
    {
        Assert.True(Shell.Run(_folder.FullPath, script));

        Refused(() => OutputPlan.Create([_folder["in"]], _folder[output]), "source folder");
    }

    [Fact]
    public void A_folder_in_the_output_that_leads_to_the_source_is_refused()
    {
        _folder.Write("in/deep/b.jpg", "b"u8);
        Assert.True(Shell.Run(_folder.FullPath, "mkdir out; ln -s ../in/deep out/deep"));

        Refused(() => Plan(), "source folder");
    }

    [Fact]
    public void An_original_that_a_link_leads_to_is_not_replaced()
    {
        _folder.Write("out/a.jpg", "original"u8);
        File.Delete(_folder["in/a.jpg"]);
        File.CreateSymbolicLink(_folder["in/a.jpg"], _folder["out/a.jpg"]);

        Refused(() => Plan(), "source folder");
    }

    [Fact]
    public void An_output_folder_among_the_inputs_is_left_out_by_whichever_name()
    {
        _folder.Write("in/out/.veil-journal.jsonl", "{}"u8);
        _folder.Write("in/out/a.jpg", "result"u8);
        Assert.True(Shell.Run(_folder.FullPath, "ln -s in link"));

        Assert.Equal("a.jpg", Assert.Single(OutputPlan.Create([_folder["in"]], _folder["link/out"]).Items).Item.Name);
        Assert.Equal("a.jpg", Assert.Single(OutputPlan.Create([_folder["link"]], _folder["in/out"]).Items).Item.Name);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/dev")]
    [InlineData("/dev/null")]
    [InlineData("/dev/full")]
    public void The_system_is_no_output_folder(string output) => Refused(() => OutputPlan.Create([_folder["in"]], output), output);

    [Fact]
    public void A_pipe_is_no_output()
    {
        Assert.True(Shell.Run(_folder.FullPath, "mkfifo pipe.jpg"));

        Refused(() => OutputPlan.Create([_folder["in/a.jpg"]], _folder["pipe.jpg"]), "pipe");
    }

    [Fact]
    public void Twenty_thousand_files_are_planned()
    {
        Assert.True(Shell.Run(_folder["in"], "seq -f '%06g.jpg' 19999 | xargs touch"));

        Assert.Equal(20_000, Plan().Items.Count);
    }

    [Fact]
    public void Names_that_differ_in_case_only_clash_where_case_is_no_difference()
    {
        _folder.Write("in/A.jpg", "A"u8);
        _folder.Write("in/b.jpg", "b"u8);

        var items = CaseClashes.Mark(Plan().Items);

        Assert.Equal(["A.jpg", "b.jpg"], items.Where(item => item.Problem is null).Select(item => item.Item.Name));
        Assert.Contains("'A.jpg'", items.Single(item => item.Problem is not null).Problem!.Message, StringComparison.Ordinal);
        Assert.False(CaseClashes.IgnoresCase(_folder["in/b.jpg"]) && OperatingSystem.IsLinux());
    }

    [Fact]
    public void Kinds_of_files_are_told_apart_without_opening_them()
    {
        Assert.True(Shell.Run(_folder.FullPath, "mkfifo pipe; ln -s pipe link; ln -s nowhere dangling"));

        Assert.Equal(
            [FileKind.Regular, FileKind.Folder, FileKind.Pipe, FileKind.Pipe, FileKind.Missing, FileKind.Device, FileKind.Missing],
            new[] { _folder["in/a.jpg"], _folder["in"], _folder["pipe"], _folder["link"], _folder["dangling"], "/dev/null", _folder["nowhere"] }.Select(FileKinds.Of));
    }

    private OutputPlan Plan() => OutputPlan.Create([_folder["in"]], _folder["out"]);

    private static void Refused(Action plan, string because)
    {
        var error = Assert.Throws<VeilException>(plan);
        Assert.Equal(VeilErrorCode.InvalidOption, error.Code);
        Assert.Contains(because, error.Message, StringComparison.Ordinal);
    }
}
